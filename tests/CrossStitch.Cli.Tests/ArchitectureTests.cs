using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CrossStitch.Cli.Tests;

/// <summary>The floors of the house: each library uses what is below it, and nothing else.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Sources = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "src"));

    /// <summary>What each library may use, besides the base class library.</summary>
    public static TheoryData<string, string[]> Floors => new()
    {
        { "CrossStitch.Kernels", [] },
        { "CrossStitch", ["CrossStitch.Kernels"] },
        { "CrossStitch.Faces", ["CrossStitch.Kernels"] },
        { "CrossStitch.Faces.Skia", ["CrossStitch.Kernels", "CrossStitch.Faces", "SkiaSharp"] },
        { "CrossStitch.Web", ["CrossStitch.Kernels", "CrossStitch.Faces", "CrossStitch.Faces.Skia", "Microsoft.OpenApi"] },
        { "CrossStitch.Torch", ["CrossStitch.Kernels", "CrossStitch", "TorchSharp"] },
        { "CrossStitch.Experiments", ["CrossStitch.Kernels", "CrossStitch", "SkiaSharp", "ScottPlot", "MathNet.Numerics"] },
        { "CrossStitch.Faces.Training", ["CrossStitch.Kernels", "CrossStitch", "CrossStitch.Faces", "CrossStitch.Faces.Skia", "CrossStitch.Experiments", "SkiaSharp", "ScottPlot"] },
        { "CrossStitch.Cli", ["CrossStitch.Kernels", "CrossStitch", "CrossStitch.Faces", "CrossStitch.Faces.Skia", "CrossStitch.Faces.Training", "CrossStitch.Experiments", "CrossStitch.Web", "System.CommandLine", "Spectre.Console", "Spectre.Console.Ansi"] },
    };

    public static TheoryData<string> Libraries => [.. Floors.Select(row => row.Data.Item1).Where(name => name != "CrossStitch.Cli")];

    [Theory, MemberData(nameof(Floors))]
    public void A_library_uses_only_what_is_below_it(string library, string[] allowed)
    {
        var used = Assembly.Load(library).GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("CrossStitch", StringComparison.Ordinal) || !IsPlatform(name));
        Assert.Empty(used.Except(allowed));
    }

    [Theory, MemberData(nameof(Libraries))]
    public void A_library_never_writes_to_the_console(string library) =>
        Assert.DoesNotContain("System.Console", Assembly.Load(library).GetReferencedAssemblies().Select(name => name.Name));

    [Theory]
    [InlineData("CrossStitch.Kernels")]
    [InlineData("CrossStitch")]
    [InlineData("CrossStitch.Torch")]
    [InlineData("CrossStitch.Experiments")]
    public void What_is_for_any_domain_mentions_faces_only_as_an_example(string project)
    {
        var files = Directory.GetFiles(Path.Combine(Sources, project), "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".txt", StringComparison.Ordinal))
            .Where(path => !Built().IsMatch(Path.GetRelativePath(Sources, path)))
            .ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(path => File.ReadLines(path).Where(line => Face().IsMatch(line) && !Example().IsMatch(line)).Select(line => $"{path}: {line.Trim()}")));
    }

    private static bool IsPlatform(string name) =>
        name is "netstandard" or "mscorlib" or "Microsoft.Win32.Primitives" || name is "Microsoft.Net.Http.Headers" || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || (name.StartsWith("System.", StringComparison.Ordinal) && name != "System.CommandLine");

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"[/\\](obj|bin)[/\\]")]
    private static partial Regex Built();

    // A typeface of a style sheet is one in its rules only.
    [GeneratedRegex(@"(?<!@font-)\bfaces?\b|landmark|mtfl", RegexOptions.IgnoreCase)]
    private static partial Regex Face();

    [GeneratedRegex(@"^\s*/// .*(such as|in the paper)")]
    private static partial Regex Example();
}
