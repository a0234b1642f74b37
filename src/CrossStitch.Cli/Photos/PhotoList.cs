using System.IO.Enumeration;

namespace CrossStitch.Cli.Photos;

/// <summary>The photos that the words of a command line name: files, folders with all that is in them, patterns, standard input.</summary>
internal static class PhotoList
{
    /// <summary>How the names of photos end, which are taken out of folders; a file that is named is read whatever it is called.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp"];

    private static readonly string[] AnyName = ["*"];
    private static readonly EnumerationOptions All = new() { IgnoreInaccessible = false, AttributesToSkip = 0 };

    /// <summary>Lists photos, in the order of the words; those of a folder or a pattern in the order of their names.</summary>
    /// <param name="words">The words.</param>
    /// <param name="leftOut">A folder whose photos are our own; null if there is none.</param>
    public static IReadOnlyList<PhotoSource> Of(IEnumerable<string> words, string? leftOut) => [.. words.SelectMany(word => Of(word, leftOut))];

    private static IReadOnlyList<PhotoSource> Of(string word, string? leftOut)
    {
        if (word == PhotoSource.StandardInput)
        {
            return [new PhotoSource(word) { Stem = "standard-input" }];
        }

        try
        {
            if (File.Exists(word))
            {
                return [new PhotoSource(word) { Stem = Path.GetFileNameWithoutExtension(word) }];
            }

            var isFolder = Directory.Exists(word);
            if (!isFolder && !IsPattern(word))
            {
                // Loading it says what is wrong with it.
                return [new PhotoSource(word)];
            }

            var own = leftOut is null ? null : Path.GetFullPath(leftOut);
            List<PhotoSource> found = [.. (isFolder ? InFolder(word, word, own) : Matching(word, own)).OrderBy(photo => photo.Name, StringComparer.Ordinal)];
            return found.Count > 0 ? found : [Failed(word, isFolder ? $"no photo is in the folder; names of photos end in {string.Join(", ", Endings)}" : "no photo matches")];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [Failed(word, FileProblem.Reason(error))];
        }
    }

    private static PhotoSource Failed(string word, string why) => new(word) { Problem = $"{word}: {why}." };

    private static bool IsPattern(string word) => word.AsSpan().ContainsAny('*', '?');

    /// <summary>The photos of a folder and of those in it; folders that are links are left out, for they may lead back.</summary>
    private static IEnumerable<PhotoSource> InFolder(string folder, string root, string? own)
    {
        if (Path.GetFullPath(folder) == own)
        {
            yield break;
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", All))
        {
            var path = Path.Combine(folder, entry.Name);
            if (entry is not DirectoryInfo)
            {
                if (Endings.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                {
                    yield return new PhotoSource(path) { Stem = Path.ChangeExtension(Path.GetRelativePath(root, path), null) };
                }
            }
            else if (entry.LinkTarget is null)
            {
                foreach (var inner in InFolder(path, root, own))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>The files of a pattern: * and ? stand for a part of a name; ** for any folders, also none.</summary>
    private static IEnumerable<PhotoSource> Matching(string pattern, string? own)
    {
        var root = Path.GetPathRoot(pattern) ?? "";
        var parts = pattern[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        return Matching(root, parts, own).Distinct(StringComparer.Ordinal).Select(path => new PhotoSource(path) { Stem = Path.GetFileNameWithoutExtension(path) });
    }

    private static IEnumerable<string> Matching(string folder, ReadOnlyMemory<string> parts, string? own)
    {
        var (part, rest) = (parts.Span[0], parts[1..]);
        var place = new DirectoryInfo(folder.Length == 0 ? "." : folder);
        if (!place.Exists || place.FullName == own)
        {
            return [];
        }

        if (part == "**")
        {
            var folders = place.EnumerateDirectories("*", All).Where(one => one.LinkTarget is null).Select(one => Path.Combine(folder, one.Name));
            return (rest.IsEmpty ? Matching(folder, AnyName, own) : Matching(folder, rest, own)).Concat(folders.SelectMany(one => Matching(one, parts, own)));
        }

        if (!rest.IsEmpty)
        {
            return IsPattern(part)
                ? place.EnumerateDirectories("*", All).Where(one => Matches(part, one.Name)).SelectMany(one => Matching(Path.Combine(folder, one.Name), rest, own))
                : Matching(Path.Combine(folder, part), rest, own);
        }

        return place.EnumerateFiles("*", All)
            .Where(file => Matches(part, file.Name) && (!part.EndsWith('*') || Endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase)))
            .Select(file => Path.Combine(folder, file.Name));
    }

    private static bool Matches(string part, string name) => FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: OperatingSystem.IsWindows() || OperatingSystem.IsMacOS());
}
