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

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
