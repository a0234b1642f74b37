namespace CrossStitch.Faces.Training;

/// <summary>A file that is written beside the place where it will be and moved there when it is whole.</summary>
internal sealed class PendingFile : IDisposable
{
    // Nobody's own file is called so: what is there was left by a process that was killed.
    private const string Suffix = ".crossstitch-new";

    private const int NoSpace = 28;
    private const int WindowsDiskFull = 112;

    private readonly string _path;
    private readonly string _temporary;

    /// <summary>Begins a file; nothing that is there is touched yet.</summary>
    /// <param name="path">Where it will be.</param>
    /// <exception cref="FaceDataException">It cannot be written there.</exception>
    public PendingFile(string path)
    {
        _path = path;
        _temporary = path + Suffix;
        if (Directory.Exists(path))
        {
            throw new FaceDataException($"{path}: cannot be written: a folder has that name.");
        }

        try
        {
            // Without a buffer of its own, which a full disk would make it write, and fail, a last time when it is closed.
            Stream = new FileStream(_temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception error) when (IsUsersError(error))
        {
            throw CannotWrite(path, error);
        }
    }

    /// <summary>Where its content goes.</summary>
    public FileStream Stream { get; }

    /// <summary>Whether an error is a full disk, a missing right or the like.</summary>
    public static bool IsUsersError(Exception error) => error is IOException or UnauthorizedAccessException or NotSupportedException;

    /// <summary>The error that says so.</summary>
    public static FaceDataException CannotWrite(string path, Exception error) => new($"{path}: cannot be written: {Reason(error)}.", error);

    /// <summary>Writes a file from its bytes.</summary>
    /// <exception cref="FaceDataException">It cannot be written; what was there is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new PendingFile(path);
        try
        {
            file.Stream.Write(bytes);
            file.Commit();
        }
        catch (Exception error) when (IsUsersError(error))
        {
            throw CannotWrite(path, error);
        }
    }

    /// <summary>Puts the file in its place.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Removes what was written, unless it is in its place.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(_temporary);
    }

    // In words, without the path: the system names the file beside, which nobody asked for.
    private static string Reason(Exception error) => error switch
    {
        DirectoryNotFoundException => "its folder does not exist",
        FileNotFoundException => "no file can be made there",
        PathTooLongException => "the path is too long",
        UnauthorizedAccessException => "permission denied, or a folder is in its place",
        IOException { HResult: var code } when (code & 0xFFFF) is NoSpace or WindowsDiskFull => "no space left on the disk",
        _ => error.Message.Split(" : '")[0].TrimEnd('.', ' '),
    };
}
