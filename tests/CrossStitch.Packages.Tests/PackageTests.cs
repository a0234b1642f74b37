using System.IO.Compression;
using System.Xml.Linq;

namespace CrossStitch.Packages.Tests;

/// <summary>The packages as a stranger has them: from a feed, in a project of their own, with a package cache of its own.</summary>
[Trait("Slow", "packs and builds")]
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-packages-").FullName;

    [Fact]
    public void A_fresh_project_that_uses_only_the_packages_trains_and_another_runs_its_model()
    {
        var feed = Directory.CreateDirectory(Path.Combine(_folder, "feed")).FullName;
        foreach (var package in new[] { "CrossStitch.Kernels", "CrossStitch" })
        {
            DotNet.Sdk(DotNet.Repository, null, "pack", $"src/{package}", "--no-build", "-c", DotNet.Configuration, "-o", feed);
        }

        Assert.All(Directory.GetFiles(feed, "*.nupkg"), IsComplete);
        Assert.Equal(2, Directory.GetFiles(feed, "*.snupkg").Length);

        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration><packageSources><clear /><add key="feed" value="{feed}" /></packageSources></configuration>
            """);
        var (code, output) = BuildAndRun("CrossStitch", feed);
        Assert.True(code == 0, output);
        var model = Path.Combine(_folder, "CrossStitch", "points.xstitch");
        Assert.True(File.Exists(model), output);

        (code, output) = BuildAndRun("CrossStitch.Kernels", feed, model, "0.3", "-0.4");
        Assert.True(code == 0, output);
        Assert.Matches(@"^distance: \S+\s+quarter: \S+ \S+ \S+ \S+\s*$", output);
    }

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Path.Combine(DotNet.Repository, "src")).Select(folder => Path.GetFileName(folder))];

    [Theory, MemberData(nameof(Projects))]
    public void A_package_has_a_readme_of_its_own_whose_links_work_anywhere(string project)
    {
        var readme = File.ReadAllText(Path.Combine(DotNet.Repository, "src", project, "README.md"));
        Assert.StartsWith($"# {project}\n", readme.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\]\((?!https://)", readme);
        var properties = XDocument.Load(Path.Combine(DotNet.Repository, "src", project, $"{project}.csproj")).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
        Assert.NotEmpty(properties["Description"].Single());
        Assert.NotEmpty(properties["PackageTags"].Single());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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

    private static void IsComplete(string path)
    {
        using var package = ZipFile.OpenRead(path);
        Assert.NotNull(package.GetEntry("README.md"));
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var metadata = XDocument.Load(stream).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
        Assert.Equal("MIT", metadata["license"].Single());
        Assert.Equal("README.md", metadata["readme"].Single());
        Assert.NotEmpty(metadata["tags"].Single());
        var id = metadata["id"].Single();
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.xml"));
    }
}
