using System.Runtime.CompilerServices;
using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tests;

/// <summary>The README's examples, compiled and run.</summary>
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
        var shape = new TowerShape([1, 40, 40], [new ConvolutionStage("conv1", 16, 5, Pool: true), new ConvolutionStage("conv2", 48, 3, Pool: true), new DenseStage("fc", 100)]);
        var network = Network.Create(NetworkDescription.CrossStitch(shape, groups), seed: 1);
        using var engine = new KernelEngine(network, threads: 2);
        var trainer = new Trainer(engine, new TrainingOptions { Epochs = 30 }, seed: 1);
        trainer.Run(data, validation, onEpoch: report => output.WriteLine(report.Loss));

        Assert.Equal(30, output.ToString().TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void The_production_example_runs()
    {
        var network = TestNetworks.Build("cross-stitch", TestNetworks.PaperShape);
        var labels = new Dictionary<string, IReadOnlyList<string>> { ["pose"] = ["-60°", "-30°", "0°", "30°", "60°"] };
        ModelExport.Save(network, "faces.xstitch", new ModelExportOptions { Labels = labels });
        var pixels = new float[40 * 40];
        using var output = new StringWriter();

        using var runner = new NetworkRunner(ModelFile.Load("faces.xstitch"));
        runner.Model.Input.Normalize(pixels);
        var heads = runner.Run(pixels, batch: 1);
        var points = heads["landmarks"];
        var pose = runner.Model.Heads.Single(head => head.Name == "pose").Labels[HeadOutputs.Highest(heads["pose"])];
        output.WriteLine($"The nose is at {points[2]}, {points[7]} of the box; the head looks {pose}.");

        Assert.Contains("°", output.ToString(), StringComparison.Ordinal);
        File.Delete("faces.xstitch");
    }

    [Fact]
    public void The_readme_shows_the_examples_that_run()
    {
        var source = File.ReadAllText(ThisFile()) + File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "CrossStitch.Faces.Skia.Tests", "ReadmeTests.cs"));
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "README.md"));
        var blocks = readme.Split("```csharp\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]).ToList();
        Assert.Equal(4, blocks.Count);
        var example = blocks.SelectMany(block => block.Split('\n')).Where(line => line.Length > 0).ToList();
        Assert.All(example, line => Assert.Contains(line.Trim().Replace("Console.WriteLine", "output.WriteLine", StringComparison.Ordinal), source, StringComparison.Ordinal));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
