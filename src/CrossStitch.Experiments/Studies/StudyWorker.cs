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
    public StudyWorker(string folder) => _file = new FileStream(
        Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);

    /// <summary>Refuses a folder that another process works in, and removes what dead ones left; the caller holds the folder's lock.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <exception cref="CrossStitchException">Another process is at work.</exception>
    public static void RequireNone(string folder)
    {
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
                throw new CrossStitchException($"{folder}: another process is at work on this study; wait for it, stop it, or choose another folder with --out.", error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
