using System.Runtime.CompilerServices;
using CrossStitch.Engines;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tests;

/// <summary>The README's example, compiled and run.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_library_example_runs()
    {
        var (data, validation) = (new RandomData(32, side: 40), new RandomData(8, side: 40, seed: 2));
        using var output = new StringWriter();

        TaskGroup[] groups =
        [
            new("landmarks", [new RegressionTask("landmarks", Outputs: 10)]),
            new("attributes", [new ClassificationTask("pose", 5, Weight: 0.002), new ClassificationTask("smile", 2, Weight: 0.002)]),
        ];
        using var network = new CrossStitchNetwork(TowerShape.Mtfl40, groups, new CrossStitchOptions(), seed: 1);
        network.UseEngine(EngineKind.Auto, threads: 2);
        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 30 }, seed: 1);
        trainer.Run(data, validation, onEpoch: report => output.WriteLine(report.Loss));

        Assert.Equal(30, output.ToString().TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void The_readme_shows_the_example_that_runs()
    {
        var source = File.ReadAllText(ThisFile());
        var readme = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "README.md"));
        var example = readme.SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```").Where(line => line.Length > 0).ToList();
        Assert.True(example.Count > 8);
        Assert.All(example, line => Assert.Contains(line.Trim().Replace("Console.WriteLine", "output.WriteLine", StringComparison.Ordinal), source, StringComparison.Ordinal));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
