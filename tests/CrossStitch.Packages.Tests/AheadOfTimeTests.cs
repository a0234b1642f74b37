using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;

namespace CrossStitch.Packages.Tests;

[Trait("Slow", "compiles ahead of time")]
public sealed class AheadOfTimeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-aot-").FullName;

    [Fact]
    public void A_sample_compiled_ahead_of_time_trains_and_warns_of_nothing()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1", "takes a minute; set CROSSSTITCH_SLOW_TESTS=1, and install clang and zlib1g-dev, to run it");
        var output = DotNet.Sdk(DotNet.Repository, null, "publish", "samples/TwoTasks", "-c", "Release", "-p:PublishAot=true", "--use-current-runtime", "-o", _folder);
        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);

        var (code, losses) = DotNet.Run(Path.Combine(_folder, OperatingSystem.IsWindows() ? "TwoTasks.exe" : "TwoTasks"), _folder, null, "3", "points.xstitch");
        Assert.True(code == 0, losses);
        Assert.Equal(4, losses.TrimEnd().Split('\n').Length);
        Assert.True(File.Exists(Path.Combine(_folder, "points.xstitch")));
    }

    [Theory]
    [InlineData(20, "-p:PublishTrimmed=true", "-p:PublishSingleFile=true")]
    [InlineData(10, "-p:PublishAot=true")]
    public void A_program_with_the_models_in_it_is_small_finds_the_same_faces_and_warns_of_nothing(int mostMegabytes, params string[] how)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1", "takes a minute; set CROSSSTITCH_SLOW_TESTS=1, and install clang and zlib1g-dev, to run it");
        var photo = Photo.Load(Path.Combine(DotNet.Repository, "docs", "images", "drawn-faces.png"));
        var expected = FaceReader.Default.Read(photo.Pixels);
        var rgba = Path.Combine(_folder, "photo.rgba");
        File.WriteAllBytes(rgba, photo.Pixels.Bytes);
        var project = Directory.CreateDirectory(Path.Combine(_folder, "Pixels")).FullName;
        File.WriteAllText(Path.Combine(project, "Pixels.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Path.Combine(DotNet.Repository, "src", "CrossStitch.Faces", "CrossStitch.Faces.csproj")}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "Program.cs"), """
            using System.Globalization;
            using CrossStitch.Faces;
            using CrossStitch.Faces.Reading;

            var pixels = new PhotoPixels(File.ReadAllBytes(args[0]), int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture), PixelFormat.Rgba);
            Console.WriteLine(string.Join(' ', FaceReader.Default.Read(pixels).Select(face => MathF.Round(face.Landmarks.Nose.X))));
            """);
        var published = Path.Combine(_folder, "published");
        var output = DotNet.Sdk(project, null, ["publish", "-c", "Release", "--use-current-runtime", "--self-contained", "-o", published, .. how]);
        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);
        var bytes = Directory.GetFiles(published, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not (".dbg" or ".pdb")).Sum(file => new FileInfo(file).Length);
        Assert.InRange(bytes, 1, mostMegabytes * 1_000_000L);

        var (code, found) = DotNet.Run(Path.Combine(published, OperatingSystem.IsWindows() ? "Pixels.exe" : "Pixels"), _folder, null, rgba, $"{photo.Width}", $"{photo.Height}");
        Assert.True(code == 0, found);
        Assert.Equal(expected.Select(face => $"{MathF.Round(face.Landmarks.Nose.X)}"), found.Trim().Split(' '));
        Assert.NotEmpty(expected);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
