// Trains a cross-stitch network for two tasks on arrays of your own, and saves it: dotnet run [epochs [model.xstitch]]
using System.Globalization;
using CrossStitch.Engines;
using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;
using TwoTasks;

var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
var tower = new TowerShape([2, 1, 1], [new DenseStage("first", 32), new DenseStage("second", 32)]);
TaskGroup[] groups =
[
    new("distance", [new RegressionTask("distance", Outputs: 1, Start: [0.7f])]),
    new("quarter", [new ClassificationTask("quarter", Classes: 4, Weight: 0.1)]),
];
var network = Network.Create(NetworkDescription.CrossStitch(tower, groups), seed: 1);
using var engine = new KernelEngine(network, threads: 1);
var trainer = new Trainer(engine, new TrainingOptions { Epochs = epochs, BatchSize = 64 }, seed: 1);
trainer.Run(new Points(2000, seed: 1), new Points(500, seed: 2), onEpoch: epoch => Console.WriteLine(
    $"epoch {epoch.Epoch}: loss {epoch.Loss:F4}, validation {string.Join(", ", epoch.ValidationLosses!.Select(loss => $"{loss.Key} {loss.Value:F4}"))}"));

if (args.Length > 1)
{
    ModelExport.Save(network, args[1], new ModelExportOptions
    {
        Input = new InputFormat { Low = -1, High = 1 },
        Labels = new Dictionary<string, IReadOnlyList<string>> { ["quarter"] = ["right top", "left top", "right bottom", "left bottom"] },
    });
    Console.WriteLine($"saved {args[1]}");
}
