namespace CrossStitch.Experiments.Runs;

/// <summary>Keeps other processes out of a folder until it is disposed; the system lets go if this process dies.</summary>
public sealed class FolderLock : IDisposable
{
    /// <summary>
    /// The lock's file. It stays when the lock is let go: were it deleted, a process that waits for it could hold a file
    /// that is no longer there while a third makes a new one.
    /// </summary>
    public const string Name = ".lock";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private const int MostTries = 20;

    private readonly FileStream _file;

    /// <summary>Takes a folder, which is made if it is not there.</summary>
    /// <param name="folder">Which.</param>
    /// <exception cref="CrossStitchException">Another process has it, or it cannot be written to.</exception>
    public FolderLock(string folder)
        : this(Open(folder) ?? throw new CrossStitchException(Taken(folder)))
    {
    }

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes a folder, which is made if it is not there; null if another process has it.</summary>
    /// <param name="folder">Which.</param>
    /// <exception cref="CrossStitchException">It cannot be written to.</exception>
    public static FolderLock? TryTake(string folder) => Open(folder) is { } file ? new FolderLock(file) : null;

    /// <summary>Takes a folder that others have for moments only: waits for them.</summary>
    /// <param name="folder">Which; it is made if it is not there.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CrossStitchException">Another process has had it for a minute, or it cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static FolderLock Wait(string folder, CancellationToken cancellation)
    {
        for (var end = Environment.TickCount64 + (long)Patience.TotalMilliseconds; Environment.TickCount64 < end; cancellation.WaitHandle.WaitOne(Pause))
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(folder) is { } taken)
            {
                return taken;
            }
        }

        return new FolderLock(folder);
    }

    /// <summary>Refuses a folder that another process is at work in, before anything else is done; nothing is written.</summary>
    /// <param name="folder">Which; it may not be there yet.</param>
    /// <exception cref="CrossStitchException">Another process has it.</exception>
    public static void RequireFree(string folder)
    {
        if (File.Exists(Path.Combine(folder, Name)))
        {
            new FolderLock(folder).Dispose();
        }
    }

    /// <summary>Lets others in.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>What to say of a folder that another process has.</summary>
    /// <param name="folder">Which.</param>
    internal static string Taken(string folder) => $"{folder}: another process is at work in this folder; wait for it, or choose another with --out.";

    private static FileStream? Open(string folder)
    {
        try
        {
            for (var tries = 1; ; tries++)
            {
                AtomicFile.CreateFolder(folder);
                var path = new FileInfo(Path.Combine(folder, Name));
                if (path.LinkTarget is not null)
                {
                    throw new CrossStitchException($"{path}: is a link, which no command of CrossStitch makes; delete it.");
                }

                try
                {
                    return new FileStream(path.FullName, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                }
                catch (DirectoryNotFoundException) when (tries < MostTries)
                {
                    // Another process, which only tried whether it can be made, has removed it in between.
                }
            }
        }
        catch (IOException error) when (FileProblem.IsInUse(error))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{folder}: the folder cannot be written to: {FileProblem.Reason(error)}.", error);
        }
    }
}
