using System.Text;

namespace CrossStitch;

/// <summary>Files that are written whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes a file beside the one it replaces, then moves it over: a kill leaves the old one or the new one, and a
    /// failure leaves the old one and nothing beside it.
    /// </summary>
    /// <param name="path">Where to.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="CrossStitchException">The file cannot be written; the message says why.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = TemporaryOf(path);
        var begun = false;
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create))
            {
                begun = true;
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            begun = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CrossStitchException($"{path}: cannot be written: {FileProblem.Reason(error)}.", error);
        }
        finally
        {
            if (begun)
            {
                Remove(temporary);
            }
        }
    }

    /// <summary>Writes a text in UTF-8.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="text">What it will hold.</param>
    /// <exception cref="CrossStitchException">The file cannot be written; the message says why.</exception>
    public static void WriteAllText(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Where a file is written before it is whole: a name that nobody else gives to a file.</summary>
    /// <param name="path">The file.</param>
    public static string TemporaryOf(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", $".{Path.GetFileName(path)}.crossstitch.new");

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What kept the file from being written is already being reported.
        }
    }
}
