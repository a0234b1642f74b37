using System.Text;
using CrossStitch.Kernels.Files;

namespace CrossStitch;

/// <summary>
/// Files that are written whole or not at all, and to the disk: a kill or a power cut leaves the old one or the new one, and
/// what has been written outlives it. A file is written beside its place, under a name that cannot be guessed; what a killed
/// process leaves there, the next that writes in the folder removes.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file; one that is there is replaced. A failure leaves the old one and nothing beside it.</summary>
    /// <param name="path">Where to; a link there is replaced, not followed.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="CrossStitchException">The file cannot be written; the message says why.</exception>
    public static void Write(string path, Action<Stream> write) => Guard(path, () =>
    {
        using var file = new PendingFile(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path);
        write(file.Content);
        file.MoveTo(path);
    });

    /// <summary>Writes a text in UTF-8.</summary>
    /// <param name="path">Where to; a link there is replaced, not followed.</param>
    /// <param name="text">What it will hold.</param>
    /// <exception cref="CrossStitchException">The file cannot be written; the message says why.</exception>
    public static void WriteAllText(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Makes a folder, and those above it that are not there, on the disk.</summary>
    /// <param name="path">Which.</param>
    /// <exception cref="CrossStitchException">It cannot be made; the message says why.</exception>
    public static void CreateFolder(string path) => Guard(path, () => DurableFolder.Create(path));

    /// <summary>Puts on the disk which files a folder has; <see cref="Write"/> does so by itself.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="CrossStitchException">The disk fails.</exception>
    public static void FlushFolder(string path) => Guard(path, () => DurableFolder.Flush(path));

    /// <summary>Refuses a folder in which no file can be made. Nothing is left behind.</summary>
    /// <param name="folder">Which; it is there.</param>
    /// <exception cref="IOException">No file can be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">No file may be made there.</exception>
    public static void RequireWritable(string folder) => new PendingFile(folder).Dispose();

    /// <summary>Removes what dead processes left in a folder where they wrote files.</summary>
    /// <param name="folder">Which; it may not be there.</param>
    public static void RemoveLeftovers(string folder) => PendingFile.RemoveLeftovers(folder);

    private static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CrossStitchException($"{path}: cannot be written: {FileProblem.Reason(error)}.", error);
        }
    }
}
