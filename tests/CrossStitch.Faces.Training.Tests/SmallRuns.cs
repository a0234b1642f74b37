using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests;

/// <summary>A few drawn faces and recipes that train on them in a moment, in folders that are deleted afterwards.</summary>
public sealed class SmallRuns : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("crossstitch-test-").FullName;

    public FaceSets Faces { get; } = FaceSetLoader.Load(new DrawnData(60, 24));

    public static Recipe Recipe(NetworkKind network = NetworkKind.RelatedCrossStitch) => new()
    {
        Network = network,
        Data = new DrawnData(60, 24),
        ValidationShare = 0.2,
        Threads = 1,
        Training = new TrainingOptions { Epochs = 3, BatchSize = 16 },
    };

    public string Folder(string name) => Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
