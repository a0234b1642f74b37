using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Fuzz.Samples;

/// <summary>A recipe of a network so small that its files are too.</summary>
internal static class SampleRecipe
{
    private static readonly TowerShape Tiny = new([1, 40, 40], [new ConvolutionStage("pool1", 2, 5, Pool: true), new ConvolutionStage("pool2", 2, 3, Pool: true), new DenseStage("fc", 4)]);

    /// <summary>The recipe.</summary>
    /// <param name="catalog">What it names.</param>
    /// <param name="network">Which network.</param>
    /// <param name="epochs">Epochs of training.</param>
    public static Recipe Of(Catalog catalog, string network = "related-cross-stitch", int epochs = 3)
    {
        var recipe = Recipe.For(new DrawnData(12, 6)) with
        {
            Backbone = Tiny,
            Threads = 1,
            Training = new TrainingOptions { Epochs = epochs, BatchSize = 8, AverageDecay = 0.9 },
            Versions = new Dictionary<string, string> { ["crossStitch"] = "0.1.0" },
        };
        return recipe.With(catalog.Networks[network], recipe.Auxiliary());
    }
}
