using System.IO.Compression;
using System.Xml.Linq;

namespace CrossStitch.Packages.Tests;

/// <summary>The packages as a stranger has them: from a feed, in a project of their own, with a package cache of its own.</summary>
[Trait("Slow", "packs and builds")]
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-packages-").FullName;

    /// <summary>Every library, and those of ours that its package asks for.</summary>
    public static TheoryData<string, string[]> Libraries => new()
    {
        { "CrossStitch.Kernels", [] },
        { "CrossStitch", ["CrossStitch.Kernels"] },
        { "CrossStitch.Faces", ["CrossStitch.Kernels"] },
        { "CrossStitch.Faces.Skia", ["CrossStitch.Faces"] },
        { "CrossStitch.Web", ["CrossStitch.Faces.Skia"] },
        { "CrossStitch.Torch", ["CrossStitch"] },
        { "CrossStitch.Experiments", ["CrossStitch"] },
        { "CrossStitch.Faces.Training", ["CrossStitch.Experiments", "CrossStitch.Faces", "CrossStitch.Faces.Skia"] },
    };

    /// <summary>What can be packed.</summary>
    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Path.Combine(DotNet.Repository, "src")).Select(folder => Path.GetFileName(folder))
        .Where(project => File.Exists(ProjectFile(project)) && Properties(project)["IsPackable"].All(value => value != "false"))];

    [Fact]
    public void A_fresh_project_that_uses_only_the_packages_trains_and_another_runs_its_model()
    {
        var feed = Feed("CrossStitch.Kernels", "CrossStitch");
        var (code, output) = BuildAndRun("CrossStitch", feed);
        Assert.True(code == 0, output);
        var model = Path.Combine(_folder, "CrossStitch", "points.xstitch");
        Assert.True(File.Exists(model), output);

        (code, output) = BuildAndRun("CrossStitch.Kernels", feed, model, "0.3", "-0.4");
        Assert.True(code == 0, output);
        Assert.Matches(@"^distance: \S+\s+quarter: \S+ \S+ \S+ \S+\s*$", output);
    }

    [Fact]
    public void A_fresh_project_that_uses_only_the_package_of_faces_trains_on_them()
    {
        var feed = Feed([.. Libraries.Select(row => row.Data.Item1)]);
        var (code, output) = BuildAndRun("CrossStitch.Faces.Training", feed);
        Assert.True(code == 0, output);
        Assert.Matches(@"^mean error: 0\.\d+ box widths\s*$", output);
        Assert.True(File.Exists(Path.Combine(_folder, "CrossStitch.Faces.Training", "run", "result.json")));
    }

    [Theory, MemberData(nameof(Libraries))]
    public void A_package_is_complete_and_asks_for_what_is_below_it(string library, string[] below)
    {
        var feed = Feed(library);
        Assert.Single(Directory.GetFiles(feed, "*.snupkg"));
        using var package = ZipFile.OpenRead(Directory.GetFiles(feed, "*.nupkg").Single());
        Assert.NotNull(package.GetEntry($"lib/net10.0/{library}.xml"));
        var metadata = Metadata(package);
        Assert.Equal(library, metadata["id"].Single().Value);
        Assert.Equal(below, metadata["dependency"].Select(dependency => dependency.Attribute("id")!.Value).Where(id => id.StartsWith("CrossStitch", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void The_tool_is_one_package_with_all_that_it_needs_and_no_Torch()
    {
        using var package = ZipFile.OpenRead(Directory.GetFiles(Feed("CrossStitch.Cli"), "*.nupkg").Single());
        Assert.Empty(Metadata(package)["dependency"]);
        foreach (var library in Libraries.Select(row => row.Data.Item1).Where(name => name != "CrossStitch.Torch").Append("CrossStitch.Cli"))
        {
            Assert.NotNull(package.GetEntry($"tools/net10.0/any/{library}.dll"));
        }

        Assert.All(NoticesTests.Files, file => Assert.NotNull(package.GetEntry($"tools/net10.0/any/{file}")));
        Assert.DoesNotContain(package.Entries, entry => entry.Name.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_project_is_a_package_but_for_the_command_with_libtorch() =>
        Assert.Equal(Libraries.Select(row => row.Data.Item1).Append("CrossStitch.Cli").Order(), Projects.Select(row => row.Data).Order());

    [Theory, MemberData(nameof(Projects))]
    public void A_package_has_a_readme_of_its_own_whose_links_work_anywhere(string project)
    {
        var readme = File.ReadAllText(Path.Combine(DotNet.Repository, "src", project, "README.md"));
        Assert.StartsWith($"# {project}\n", readme.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\]\((?!https://)", readme);
        var properties = Properties(project);
        Assert.NotEmpty(properties["Description"].Single());
        Assert.NotEmpty(properties["PackageTags"].Single());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string ProjectFile(string project) => Path.Combine(DotNet.Repository, "src", project, $"{project}.csproj");

    private static ILookup<string, string> Properties(string project) =>
        XDocument.Load(ProjectFile(project)).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);

    /// <summary>Packs projects, and makes their packages the only ones that projects here find, beside those that others have made.</summary>
    /// <returns>The folder with the packages.</returns>
    private string Feed(params string[] projects)
    {
        var feed = Directory.CreateDirectory(Path.Combine(_folder, "feed")).FullName;
        foreach (var project in projects)
        {
            DotNet.Sdk(DotNet.Repository, null, "pack", $"src/{project}", "--no-build", "-c", DotNet.Configuration, "-o", feed);
        }

        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="restored" value="{DotNet.Packages}" /></fallbackPackageFolders>
            </configuration>
            """);
        return feed;
    }

    /// <summary>The example of a package's README, as a project that references nothing but that package.</summary>
    private (int Code, string Output) BuildAndRun(string package, string feed, params string[] args)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, package)).FullName;
        var readme = File.ReadAllText(Path.Combine(DotNet.Repository, "src", package, "README.md")).ReplaceLineEndings("\n");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), readme.Split("```csharp\n")[1].Split("```")[0]);
        var version = Directory.GetFiles(feed, $"{package}.*.nupkg").Select(path => Path.GetFileNameWithoutExtension(path)[(package.Length + 1)..]).Single(rest => char.IsDigit(rest[0]));
        File.WriteAllText(Path.Combine(folder, "Fresh.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        DotNet.Sdk(folder, Path.Combine(_folder, "cache"), "build", "-o", "out");
        return DotNet.Run("dotnet", folder, null, [Path.Combine("out", "Fresh.dll"), .. args]);
    }

    /// <summary>What a package says of itself, which is complete.</summary>
    private static ILookup<string, XElement> Metadata(ZipArchive package)
    {
        Assert.NotNull(package.GetEntry("README.md"));
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var metadata = XDocument.Load(stream).Descendants().ToLookup(element => element.Name.LocalName);
        Assert.Equal("MIT", metadata["license"].Single().Value);
        Assert.Equal("README.md", metadata["readme"].Single().Value);
        Assert.NotEmpty(metadata["tags"].Single().Value);
        return metadata;
    }
}
