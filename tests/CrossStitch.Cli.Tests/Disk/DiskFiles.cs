using System.Security.Cryptography;

namespace CrossStitch.Cli.Tests.Disk;

/// <summary>What a command left in a folder, to compare.</summary>
internal static class DiskFiles
{
    /// <summary>Each file and folder by its path, with its checksum if its name is one of those that do not depend on the time.</summary>
    /// <remarks>TensorBoard has a file a start that trains, and its folder comes with the first.</remarks>
    public static Dictionary<string, string> Of(string folder, params string[] timeless) =>
        Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("tensorboard", StringComparison.Ordinal))
            .ToDictionary(
                path => Path.GetRelativePath(folder, path),
                path => timeless.Contains(Path.GetFileName(path)) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "");

    /// <summary>Requires the same files with the same content: nothing may lie there either that a killed process left.</summary>
    public static void AssertSame(Dictionary<string, string> expected, Dictionary<string, string> found, string what)
    {
        var (missing, other) = (expected.Except(found).Select(file => file.Key), found.Except(expected).Select(file => file.Key));
        Assert.True(!missing.Concat(other).Any(), $"{what}: missing or other than in an undisturbed run: {string.Join(", ", missing)}; there instead: {string.Join(", ", other)}");
    }
}
