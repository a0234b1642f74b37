using System.Diagnostics.CodeAnalysis;

namespace CrossStitch.Faces.Annotations;

/// <summary>Paths that strangers wrote: into an annotation file, a zip, a box file.</summary>
internal static class ArchivePath
{
    private const int LongestShown = 80;

    /// <summary>Turns a path into one with forward slashes that stays inside its archive; false if it would leave it.</summary>
    public static bool TryNormalize(string raw, [NotNullWhen(true)] out string? path)
    {
        path = null;
        var slashed = raw.Replace('\\', '/');
        var rooted = slashed.StartsWith('/') || (slashed.Length > 1 && slashed[1] == ':');
        var segments = slashed.Split('/').Where(segment => segment is not ("" or ".")).ToArray();
        if (rooted || segments.Length == 0 || segments.Contains("..") || slashed.Any(char.IsControl))
        {
            return false;
        }

        path = string.Join('/', segments);
        return true;
    }

    /// <summary>A stranger's text, fit for an error message: quoted, short, without control characters.</summary>
    public static string Quote(ReadOnlySpan<char> text)
    {
        var shown = text.Length <= LongestShown ? text.ToString() : $"{text[..LongestShown]}…";
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}'";
    }
}
