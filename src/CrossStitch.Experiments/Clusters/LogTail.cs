namespace CrossStitch.Experiments.Clusters;

/// <summary>The end of a log, which may be long, and may be written to at the same time.</summary>
public static class LogTail
{
    /// <summary>Reads the last lines that have something in them.</summary>
    /// <param name="path">The log.</param>
    /// <param name="lines">How many.</param>
    /// <param name="most">The most characters.</param>
    /// <returns>The lines, as they were written; none where there is no log.</returns>
    public static IReadOnlyList<string> Read(string path, int lines, int most)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(most, file.Length), SeekOrigin.End);
            using var reader = new StreamReader(file);
            var text = new char[most];
            return [.. new string(text, 0, reader.ReadBlock(text)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(lines)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The last line that has something in it; null where there is none.</summary>
    /// <param name="path">The log.</param>
    /// <param name="most">The most characters.</param>
    public static string? LastLine(string path, int most) => Read(path, 1, most) is [var line] ? line : null;
}
