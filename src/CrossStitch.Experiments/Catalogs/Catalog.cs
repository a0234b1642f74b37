using CrossStitch.Engines;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Networks;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Relations;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>
/// What recipes can name, axis by axis. A new one knows the paper's five networks, the kernels, convolutions and dense
/// stages; data sources and whatever else an application has are added to it before the first recipe is read.
/// </summary>
public sealed class Catalog
{
    /// <summary>The engine of recipes that leave it to the catalog: the first one that knows the network.</summary>
    public const string AnyEngine = "auto";

    /// <summary>Makes a catalog with the members of this library.</summary>
    public Catalog()
    {
        NetworkDefinition[] networks = [new SingleNetwork(), new SplitNetwork(), new CrossStitchNetwork(), new RelatedNetwork(), new RelatedCrossStitchNetwork()];
        Array.ForEach(networks, Networks.Add);
        Engines.Add(new EngineDefinition("kernels", (network, threads) => new KernelEngine(network, threads)));
        Weightings.Add<FixedWeightingRecipe>("fixed");
        Stages.Add<ConvolutionStage>("convolution");
        Stages.Add<DenseStage>("dense");
        Json = new ExperimentJson(this);
    }

    /// <summary>Ways to share.</summary>
    public CatalogMembers<NetworkDefinition> Networks { get; } = new("network");

    /// <summary>What computes networks; the first that knows a network computes it where the recipe does not care.</summary>
    public CatalogMembers<EngineDefinition> Engines { get; } = new("engine");

    /// <summary>Data sources.</summary>
    public RecordCatalog<DataRecipe> Data { get; } = new("data source", "source");

    /// <summary>Ways to weigh the losses of tasks.</summary>
    public RecordCatalog<WeightingRecipe> Weightings { get; } = new("loss weighting", "kind");

    /// <summary>What may accompany training.</summary>
    public RecordCatalog<ExtensionRecipe> Extensions { get; } = new("training extension", "kind");

    /// <summary>What towers may be made of.</summary>
    public RecordCatalog<TowerStage> Stages { get; } = new("stage", "kind");

    /// <summary>Penalties of the weight relation.</summary>
    public IList<RelationPenalty> Penalties { get; } = [.. RelationPenalty.All];

    /// <summary>Sections that every report has beside the library's and the data source's.</summary>
    public IList<ReportSection> Sections { get; } = [];

    /// <summary>Bring recipes of version 1, which knew one data source, to the form of version 2; null if none can be met.</summary>
    public RecipeUpgrade? Upgrade { get; set; }

    /// <summary>Reads and writes the files of recipes, runs and studies.</summary>
    public ExperimentJson Json { get; }
}
