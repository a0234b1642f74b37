// A task with a loss of its own, checked against finite differences and trained beside another task: dotnet run [epochs]
using System.Globalization;
using CrossStitch.Engines;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;
using OwnTask;

var huber = new HuberTask("huber", Width: 0.3);
var worst = new[] { -2f, -0.2f, 0.1f, 4f }.Max(output => GradientCheck.LargestError(huber, [output], [0]));
Console.WriteLine($"gradient: off by at most {worst:G2}");

var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30;
var tower = new TowerShape([1, 1, 1], [new DenseStage("first", 32), new DenseStage("second", 32)]);
foreach (var task in new LearningTask[] { new RegressionTask("squared", Outputs: 1), huber })
{
    TaskGroup[] groups = [new("wave", [task]), new("sign", [new ClassificationTask("sign", Classes: 2, Weight: 0.1)])];
    var network = Network.Create(NetworkDescription.CrossStitch(tower, groups), seed: 1);
    using var engine = new KernelEngine(network, threads: 1);
    new Trainer(engine, new TrainingOptions { Epochs = epochs, BatchSize = 50 }, seed: 1).Run(new NoisyWaves(task.Name, 2000, seed: 1));

    var test = new NoisyWaves(task.Name, 500, seed: 2, clean: true);
    var predicted = Prediction.Of(engine, test, batchSize: 500)[task.Name];
    var batch = new Batch(network.Description, test.Count) { Count = test.Count };
    test.Fill(batch, Enumerable.Range(0, test.Count).ToArray(), augmentationSeed: null);
    var mean = Enumerable.Range(0, test.Count).Average(i => task.Score([predicted[i]], batch.Label(task.Name, i)));
    Console.WriteLine($"{task.Name}: mean {task.Scored.Name} {mean:F3}");
}
