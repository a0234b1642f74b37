namespace CrossStitch.Experiments.Studies;

/// <summary>
/// A process at work in a study's folder, for as long as this lives: a locked file that says so, which the system frees when
/// the process dies. Whoever wants to begin anew looks for them.
/// </summary>
internal sealed class StudyWorker : IDisposable
{
    private const string Prefix = ".worker-";

    private readonly FileStream _file;

    /// <summary>Begins work; the caller holds the folder's lock.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <exception cref="CrossStitchException">The folder cannot be written to.</exception>
    public StudyWorker(string folder)
    {
        try
        {
            _file = new FileStream(Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{folder}: the folder cannot be written to: {FileProblem.Reason(error)}.", error);
        }
    }

    /// <summary>Refuses a folder that another process works in; the caller holds the folder's lock.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <exception cref="CrossStitchException">Another process is at work.</exception>
    public static void RequireNone(string folder)
    {
        if (RemoveDead(folder))
        {
            throw new CrossStitchException($"{folder}: another process is at work on this study; wait for it, stop it, or choose another folder with --out.");
        }
    }

    /// <summary>Removes what dead processes left; the caller holds the folder's lock.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <returns>Whether another process is at work.</returns>
    public static bool RemoveDead(string folder)
    {
        var isAnyAlive = false;
        foreach (var file in Directory.GetFiles(folder, Prefix + "*"))
        {
            try
            {
                new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            }
            catch (FileNotFoundException)
            {
                // It has just ended.
            }
            catch (IOException error) when (FileProblem.IsInUse(error))
            {
                isAnyAlive = true;
            }
        }

        return isAnyAlive;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
