using System.Globalization;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Kernels;
using CrossStitch.Training;

namespace CrossStitch.Tenants.Tests;

/// <summary>All tenants in one catalog, and points to learn from, in a folder that goes when it is disposed.</summary>
internal sealed class Tenants : IDisposable
{
    private const int Points = 240;

    public Tenants()
    {
        Catalog.Data.Add<PlaneData>("plane");
        Catalog.Networks.Add(new GatedNetwork());
        Catalog.Weightings.Add<SteadyWeighting>("steady");
        Catalog.Extensions.Add<SlowWeights>("slow-weights");
        Catalog.Sections.Add(new CountSection());
        var random = new SeededRandom(7);
        string Number() => random.NextBetween(-1, 1).ToString("R", CultureInfo.InvariantCulture);
        File.WriteAllLines(Data.File, Enumerable.Range(0, Points).Select(_ => $"{Number()},{Number()}"));
        Loaded = Data.Load();
    }

    public Catalog Catalog { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("tenants").FullName;

    public PlaneData Data => new(Path.Combine(Folder, "points.csv"));

    public Dataset Loaded { get; }

    /// <summary>A recipe with a tenant on every axis.</summary>
    public Recipe Recipe => Recipe.For(Data).With(Catalog.Networks["gated"], [PlaneData.Ring]) with
    {
        Weighting = new SteadyWeighting(0.8),
        Extensions = [new SlowWeights(3)],
        Training = new TrainingOptions { Epochs = 4, BatchSize = 32, AverageDecay = 0.9 },
        ValidationShare = 0.1,
        Threads = 1,
    };

    public string Place(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
