using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Kernels;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Recipes;

/// <summary>A run as data: everything that is needed to repeat it. Its names are those of a <see cref="Catalog"/>.</summary>
public sealed record Recipe
{
    /// <summary>The version of the form that is written; see docs/recipe.md.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The most threads that can be asked for.</summary>
    public const int MostThreads = 256;

    /// <summary>The highest weight of a task or of the relation that can be asked for.</summary>
    public const double MostWeight = 1_000_000;

    /// <summary>The furthest from 0 that a first value of α, a or b can be.</summary>
    public const double MostStart = 1000;

    /// <summary>The version of the form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Which network.</summary>
    public string Network { get; init; } = "cross-stitch";

    /// <summary>The tasks that are learned, a group a tower; the first task of the first is the main one.</summary>
    public IReadOnlyList<TaskGroupRecipe> Groups { get; init; } = [];

    /// <summary>Where the examples come from.</summary>
    public required DataRecipe Data { get; init; }

    /// <summary>What each tower is made of; null, until a run begins, for what suits the data.</summary>
    public TowerShape? Backbone { get; init; }

    /// <summary>Share of the training examples set aside for validation.</summary>
    public double ValidationShare { get; init; } = 0.05;

    /// <summary>
    /// Which share of the training examples, those set aside left out, keeps the label of a task, by the task's name; a task
    /// that is not named keeps all, and null is all of every task. See <see cref="PartlyLabelled"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Labels { get; init; }

    /// <summary>How cross-stitch units are built, where the network has them.</summary>
    public CrossStitchOptions Stitches { get; init; } = new();

    /// <summary>How weights are tied, where the network ties them.</summary>
    public WeightRelationOptions Relation { get; init; } = new();

    /// <summary>
    /// δ of the pseudo-Huber loss of regression tasks, by their names (<see cref="CrossStitch.Tasks.RegressionTask.HuberDelta"/>); null, or a task
    /// that is not there, for the squared error.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Huber { get; init; }

    /// <summary>
    /// τ of classification tasks, by their names, that are to predict rare classes as readily as frequent ones: the offsets of
    /// their logits are τ times the logarithms of the classes' shares among the training examples
    /// (<see cref="CrossStitch.Tasks.ClassificationTask.LogitOffsets"/>). Null, or a task that is not there, for none. See <see cref="ClassBalance"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Balanced { get; init; }

    /// <summary>What a network of your own wants to know; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Options { get; init; }

    /// <summary>How the losses of the tasks are weighed.</summary>
    public WeightingRecipe Weighting { get; init; } = new FixedWeightingRecipe();

    /// <summary>How the network is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>What else accompanies training.</summary>
    public IReadOnlyList<ExtensionRecipe> Extensions { get; init; } = [];

    /// <summary>Seed of everything: first weights, the validation split, which labels are kept, the order of examples, augmentation.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Which further member of an ensemble it trains, from 2; null for the first, or the only one. All of them have the same
    /// examples set aside and the same labels, by <see cref="Seed"/>, and first weights, order and augmentation of their own.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Member { get; init; }

    /// <summary>What computes the network; see <see cref="Catalog.Engines"/>.</summary>
    public string Engine { get; init; } = Catalog.AnyEngine;

    /// <summary>Threads of a network; the same number gives the same weights to the bit. 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Versions of what ran it, filled in by the run.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>Seed of first weights, of the order of examples and of augmentation: <see cref="Seed"/>, but for further members of an ensemble.</summary>
    [JsonIgnore]
    public long TrainingSeed => Member is { } member ? unchecked((long)new SeededRandom((ulong)Seed, (ulong)member).NextBits()) : Seed;

    /// <summary>The number of threads that a run really uses.</summary>
    [JsonIgnore]
    public int UsedThreads => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>A recipe with all tasks of a data source, each with the weight that the source gives it.</summary>
    /// <param name="data">The data source.</param>
    public static Recipe For(DataRecipe data)
    {
        var recipe = new Recipe { Data = data };
        return recipe with { Groups = new Networks.CrossStitchNetwork().Arrange([.. data.Tasks().Select(task => new TaskWeight(task.Name, task.Weight))]) };
    }

    /// <summary>The tasks with their weights, group by group.</summary>
    public IReadOnlyList<TaskWeight> Tasks() => [.. Groups.SelectMany(group => group.Tasks).Select(task => new TaskWeight(task.Key, task.Value))];

    /// <summary>The names of the tasks but the main one.</summary>
    public IReadOnlyList<string> Auxiliary() => [.. Tasks().Skip(1).Select(task => task.Task)];

    /// <summary>The same recipe for another network and fewer auxiliary tasks, each with the weight that it has here.</summary>
    /// <param name="network">The network.</param>
    /// <param name="auxiliary">The names of its auxiliary tasks, in any order; of no effect if it learns none.</param>
    public Recipe With(NetworkDefinition network, IReadOnlyCollection<string> auxiliary) => this with
    {
        Network = network.Name,
        Groups = network.Arrange([.. Tasks().Where((task, i) => i == 0 || (network.LearnsAuxiliary && auxiliary.Contains(task.Task)))]),
    };

    /// <summary>The same recipe with another λ for all auxiliary tasks.</summary>
    /// <param name="weight">λ.</param>
    public Recipe WithAuxiliaryWeight(double weight)
    {
        var main = Tasks() is [var first, ..] ? first.Task : null;
        return this with { Groups = [.. Groups.Select(group => TaskGroupRecipe.Of(group.Name, group.Tasks.Select(task => new TaskWeight(task.Key, task.Key == main ? task.Value : weight))))] };
    }

    /// <summary>The same recipe with all that is left open settled, so that it repeats anywhere: threads and backbone.</summary>
    public Recipe Settled() => this with { Threads = UsedThreads, Backbone = Backbone ?? Data.Backbone() };
}
