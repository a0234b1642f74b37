using System.Reflection;

namespace CrossStitch.Cli.Tests;

/// <summary>The floors of the house: each library uses what is below it, and nothing else.</summary>
public sealed class ArchitectureTests
{
    /// <summary>What each library may use, besides the base class library.</summary>
    public static TheoryData<string, string[]> Floors => new()
    {
        { "CrossStitch.Faces", ["CrossStitch.Kernels"] },
        { "CrossStitch.Faces.Skia", ["CrossStitch.Faces", "SkiaSharp"] },
        { "CrossStitch.Faces.Training", ["CrossStitch.Kernels", "CrossStitch.Faces", "CrossStitch.Faces.Skia", "SkiaSharp"] },
        { "CrossStitch.Kernels", [] },
        { "CrossStitch", ["CrossStitch.Kernels"] },
        { "CrossStitch.Experiments", ["CrossStitch", "CrossStitch.Kernels", "CrossStitch.Faces", "CrossStitch.Faces.Training", "SkiaSharp", "ScottPlot", "MathNet.Numerics"] },
        { "CrossStitch.Cli", ["CrossStitch", "CrossStitch.Kernels", "CrossStitch.Faces", "CrossStitch.Faces.Training", "CrossStitch.Experiments", "System.CommandLine", "Spectre.Console", "Spectre.Console.Ansi"] },
    };

    [Theory, MemberData(nameof(Floors))]
    public void A_library_uses_only_what_is_below_it(string library, string[] allowed)
    {
        var used = Assembly.Load(library).GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("CrossStitch", StringComparison.Ordinal) || !IsPlatform(name));
        Assert.Empty(used.Except(allowed));
    }

    [Theory]
    [InlineData("CrossStitch.Faces")]
    [InlineData("CrossStitch.Faces.Skia")]
    [InlineData("CrossStitch.Faces.Training")]
    [InlineData("CrossStitch.Kernels")]
    [InlineData("CrossStitch")]
    [InlineData("CrossStitch.Experiments")]
    public void A_library_never_writes_to_the_console(string library) =>
        Assert.DoesNotContain("System.Console", Assembly.Load(library).GetReferencedAssemblies().Select(name => name.Name));

    private static bool IsPlatform(string name) =>
        name is "netstandard" or "mscorlib" || (name.StartsWith("System.", StringComparison.Ordinal) && name != "System.CommandLine");
}
