using System.Text.Json;
using System.Xml.Linq;

namespace CrossStitch.Packages.Tests;

/// <summary>What the commands bring of others, and whether its licences are with it.</summary>
public sealed class NoticesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-notices-").FullName;

    /// <summary>The files that go with the command.</summary>
    public static IReadOnlyList<string> Files { get; } = ["LICENSE", "THIRD-PARTY-NOTICES.txt", "licenses/ScottPlot.txt", "licenses/SkiaSharp-and-HarfBuzzSharp.txt"];

    private static string Notices { get; } = File.ReadAllText(Path.Combine(DotNet.Repository, "THIRD-PARTY-NOTICES.txt"));

    [Theory]
    [InlineData("CrossStitch.Cli")]
    [InlineData("CrossStitch.Cli.Torch")]
    public void Every_package_that_a_command_ships_stands_in_the_notices_with_its_version_and_licence(string project)
    {
        var file = Path.Combine(DotNet.Repository, "src", project, "bin", DotNet.Configuration, "net10.0", $"{project}.deps.json");
        Assert.SkipUnless(File.Exists(file), $"{project} is not built.");
        using var known = JsonDocument.Parse(File.ReadAllText(file));
        var packages = known.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package").Select(library => library.Name.Replace('/', ' ')).ToList();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains($"\n  {package}, ", Notices, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_font_in_an_assembly_stands_in_the_notices_and_its_licence_in_the_package()
    {
        var fonts = Directory.EnumerateFiles(Path.Combine(DotNet.Repository, "src"), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".otf" or ".ttf" or ".woff" or ".woff2" && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(fonts);
        foreach (var font in fonts)
        {
            Assert.Contains(Path.GetFileName(font), Notices, StringComparison.Ordinal);
            var license = File.ReadAllText(Path.Combine(Path.GetDirectoryName(font)!, "OFL.txt"));
            Assert.Contains(Path.GetFileName(font), license, StringComparison.Ordinal);
            Assert.Contains(license, Notices, StringComparison.Ordinal);
        }
    }

    /// <summary>The packages of the native libraries bring the notices of what is in these.</summary>
    [Theory]
    [InlineData("SkiaSharp-and-HarfBuzzSharp.txt", "SkiaSharp.NativeAssets.Linux.NoDependencies", "THIRD-PARTY-NOTICES.txt")]
    [InlineData("SkiaSharp-and-HarfBuzzSharp.txt", "HarfBuzzSharp.NativeAssets.Linux", "THIRD-PARTY-NOTICES.txt")]
    [InlineData("ScottPlot.txt", "ScottPlot", "Notices/NOTICES.txt")]
    [InlineData("libtorch.txt", "libtorch-cpu-linux-x64", "LICENSE-LIBTORCH.txt")]
    public void The_notices_kept_here_are_those_of_the_version_that_is_shipped(string kept, string package, string file)
    {
        var version = XDocument.Load(Path.Combine(DotNet.Repository, "Directory.Packages.props")).Descendants("PackageVersion").Single(one => one.Attribute("Include")!.Value == package).Attribute("Version")!.Value;
        var restored = Path.Combine(DotNet.Packages, package.ToLowerInvariant(), version, file);
        Assert.SkipUnless(File.Exists(restored), $"{package} is not restored on this system.");
        Assert.Equal(File.ReadAllText(restored).ReplaceLineEndings("\n"), File.ReadAllText(Path.Combine(DotNet.Repository, "licenses", kept)).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_published_folder_has_the_licences_of_all_it_ships()
    {
        DotNet.Sdk(DotNet.Repository, null, "publish", "src/CrossStitch.Cli", "--no-build", "-c", DotNet.Configuration, "-o", _folder);
        Assert.All(Files, file => Assert.True(File.Exists(Path.Combine(_folder, file)), file));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
