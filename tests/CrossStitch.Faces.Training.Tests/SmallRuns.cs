using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Tests;

/// <summary>A few drawn faces and recipes that train on them in a moment, in folders that are deleted afterwards.</summary>
public sealed class SmallRuns : IDisposable
{
    public const string Name = "Small runs";

    private readonly string _root = Directory.CreateTempSubdirectory("crossstitch-test-").FullName;

    public static Catalog Catalog { get; } = FaceCatalog.Create();

    public FaceDataset Faces { get; } = new DrawnData(60, 24).LoadFaces(null, CancellationToken.None);

    public static Recipe Recipe(string network = "related-cross-stitch", int epochs = 1)
    {
        var recipe = Experiments.Recipes.Recipe.For(new DrawnData(60, 24)) with
        {
            ValidationShare = 0.2,
            Threads = 1,
            Training = new TrainingOptions { Epochs = epochs, BatchSize = 16 },
        };
        return recipe.With(Catalog.Networks[network], recipe.Auxiliary());
    }

    public string Folder(string name) => Path.Combine(_root, name);

    public RunFolder Run(string name) => new(Folder(name), Catalog);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
