using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Tests.Made;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests;

/// <summary>Recipes that train on made examples in a moment, in folders that are deleted afterwards.</summary>
public sealed class SmallRuns : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("crossstitch-test-").FullName;

    public static Catalog Catalog { get; } = NewCatalog();

    public MadeDataset Data { get; } = new(60, 24);

    public static Catalog NewCatalog()
    {
        var catalog = new Catalog();
        catalog.Data.Add<MadeData>("made");
        return catalog;
    }

    /// <summary>Three epochs of three steps.</summary>
    public static Recipe Recipe(string network = "related-cross-stitch")
    {
        var recipe = Experiments.Recipes.Recipe.For(new MadeData()) with
        {
            ValidationShare = 0.2,
            Threads = 1,
            Training = new TrainingOptions { Epochs = 3, BatchSize = 16 },
        };
        return recipe.With(Catalog.Networks[network], recipe.Auxiliary());
    }

    public string Folder(string name) => Path.Combine(_root, name);

    public RunFolder Run(string name) => new(Folder(name), Catalog);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
