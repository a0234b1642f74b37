namespace CrossStitch.Experiments.Comparison;

/// <summary>Keeps other processes out of a folder until it is disposed; the system lets go if this process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The lock's file.</summary>
    public const string Name = ".lock";

    private readonly FileStream _file;

    /// <summary>Takes a folder, which is made if it is not there.</summary>
    /// <param name="folder">Which.</param>
    /// <exception cref="CrossStitchException">Another process has it, or it cannot be written to.</exception>
    public FolderLock(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{folder}: the folder cannot be made: {error.Message}", error);
        }

        try
        {
            _file = new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error)
        {
            throw new CrossStitchException($"{folder}: another process is at work in this folder; wait for it, or choose another with --out.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new CrossStitchException($"{folder}: the folder cannot be written to: {error.Message}", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
