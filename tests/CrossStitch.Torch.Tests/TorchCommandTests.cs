using System.Diagnostics;
using System.Text.Json;

namespace CrossStitch.Torch.Tests;

/// <summary>The command with TorchSharp's engine, as a program.</summary>
public sealed class TorchCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-torch-").FullName;

    [Fact]
    public void A_run_measures_the_same_on_either_engine()
    {
        var (ours, theirs) = (Train("kernels"), Train("torch"));
        Assert.True(ours.Count > 30, "nothing was measured");
        Assert.Equal(ours.Keys, theirs.Keys);
        Assert.All(ours, measure => Assert.Equal(measure.Value, theirs[measure.Key], 1e-3));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Trains for an epoch.</summary>
    /// <returns>Every measure of the test faces.</returns>
    private Dictionary<string, double> Train(string engine)
    {
        var run = Path.Combine(_folder, engine);
        string[] line = ["train", "--engine", engine, "--network", "related-cross-stitch", "--faces", "40", "--epochs", "1", "--threads", "1", "--out", run];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CrossStitch.Cli.Torch.dll"), .. line]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + errors.Result);
        Assert.Contains($"\"engine\": \"{engine}\"", File.ReadAllText(Path.Combine(run, "recipe.json")), StringComparison.Ordinal);
        using var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json")));
        return result.RootElement.GetProperty("test").GetProperty("overall").GetProperty("measures").EnumerateObject().ToDictionary(measure => measure.Name, measure => measure.Value.GetDouble());
    }
}
