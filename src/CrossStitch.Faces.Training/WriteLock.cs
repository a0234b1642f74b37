namespace CrossStitch.Faces.Training;

/// <summary>Keeps other processes from writing to the same place; the system lets go if this one dies.</summary>
internal sealed class WriteLock : IDisposable
{
    /// <summary>What is added to the name of a file to name the lock beside it.</summary>
    public const string Suffix = ".crossstitch-lock";

    private readonly FileStream _file;

    /// <summary>Takes a place.</summary>
    /// <param name="path">The lock's file; it goes when the lock is let go.</param>
    /// <param name="target">What is written, for messages.</param>
    /// <exception cref="CrossStitchException">Another process is writing there, or the place cannot be written.</exception>
    public WriteLock(string path, string target)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new CrossStitchException($"{path}: is a link, which no command of CrossStitch makes; delete it.");
        }

        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (FileProblem.IsInUse(error))
        {
            throw Busy(target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CrossStitchException($"{target}: cannot be written: {FileProblem.Reason(error)}.", error);
        }

        // Between being opened and being locked it may have been deleted by the one who had it; it keeps nobody out then.
        if (!File.Exists(path))
        {
            _file.Dispose();
            throw Busy(target);
        }
    }

    /// <summary>Lets others in.</summary>
    public void Dispose() => _file.Dispose();

    private static CrossStitchException Busy(string target) => new($"{target}: another process is writing it; wait for that, or write to another place.");
}
