using System.Diagnostics.CodeAnalysis;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>Paths that strangers wrote: into an annotation file, a zip, a box file.</summary>
internal static class ArchivePath
{
    /// <summary>
    /// Turns a path into the one form in which paths are compared: forward slashes, no <c>./</c>, accents on their letters.
    /// </summary>
    /// <returns>False if the path is empty or would leave its archive.</returns>
    public static bool TryNormalize(string raw, [NotNullWhen(true)] out string? path)
    {
        path = null;
        var slashed = raw.Replace('\\', '/');
        var rooted = slashed.StartsWith('/') || (slashed.Length > 1 && slashed[1] == ':');
        var segments = Segments(slashed);
        if (rooted || segments.Length == 0 || segments.Contains("..") || slashed.Any(char.IsControl))
        {
            return false;
        }

        path = ComposedText.Of(string.Join('/', segments));
        return true;
    }

    /// <summary>Whether a folder of that name lies in its archive; the root itself ("./", "/") does.</summary>
    public static bool IsSafeFolder(string raw) => !Segments(raw.Replace('\\', '/')).Contains("..");

    /// <summary>Whether a file is one that macOS leaves beside those that a person put there.</summary>
    /// <param name="path">A normalized path.</param>
    public static bool IsClutter(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name is ".DS_Store" || name.StartsWith("._", StringComparison.Ordinal) || path.Split('/').Contains("__MACOSX");
    }

    private static string[] Segments(string slashed) => [.. slashed.Split('/').Where(segment => segment is not ("" or "."))];
}
