using System.Text;

namespace CrossStitch.Experiments.Runs;

/// <summary>Files that are written whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file beside the one it replaces, then moves it over: a kill leaves the old one or the new one.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="text">What it will hold.</param>
    public static void WriteAllText(string path, string text)
    {
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
