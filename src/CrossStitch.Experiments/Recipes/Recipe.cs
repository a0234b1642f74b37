using System.Text.Json.Serialization;
using CrossStitch.Faces.Crops;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Recipes;

/// <summary>A run as data: everything that is needed to repeat it.</summary>
public sealed record Recipe
{
    /// <summary>The most threads that can be asked for.</summary>
    public const int MostThreads = 256;

    /// <summary>The highest weight of a task or of the relation that can be asked for.</summary>
    public const double MostWeight = 1_000_000;

    /// <summary>The furthest from 0 that a first value of α, a or b can be.</summary>
    public const double MostStart = 1000;

    /// <summary>Which network.</summary>
    public NetworkKind Network { get; init; } = NetworkKind.CrossStitch;

    /// <summary>Which auxiliary tasks; all by default, none where the network is <see cref="NetworkKind.Single"/>.</summary>
    public IReadOnlyList<AuxiliaryTask> Auxiliary { get; init; } = FaceTasks.AllAuxiliary;

    /// <summary>Where the faces come from.</summary>
    public DataRecipe Data { get; init; } = new DrawnData();

    /// <summary>How faces are varied in training; null for not at all.</summary>
    public CropAugmentation? Augmentation { get; init; } = new();

    /// <summary>Share of the training faces set aside for validation.</summary>
    public double ValidationShare { get; init; } = 0.05;

    /// <summary>λ of every auxiliary task, over the landmarks' 1 (eq. 2).</summary>
    public double AuxiliaryWeight { get; init; } = 0.002;

    /// <summary>How cross-stitch units are built.</summary>
    public CrossStitchOptions Stitches { get; init; } = new();

    /// <summary>How weights are tied in the related networks.</summary>
    public WeightRelationOptions Relation { get; init; } = new();

    /// <summary>How the network is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Seed of everything: first weights, the validation split, the order of faces, augmentation.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>What computes the towers.</summary>
    public EngineKind Engine { get; init; } = EngineKind.Auto;

    /// <summary>Threads of a network; the same number gives the same weights to the bit. 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Versions of what ran it, filled in by the run.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>The number of threads that a run really uses.</summary>
    [JsonIgnore]
    public int UsedThreads => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>The auxiliary tasks that the network really has: none for the baseline.</summary>
    public IReadOnlyList<AuxiliaryTask> UsedAuxiliary() => Network == NetworkKind.Single ? [] : Auxiliary;

    /// <summary>The same recipe with the number of threads that a run really uses, so that it repeats anywhere.</summary>
    public Recipe WithUsedThreads() => this with { Threads = UsedThreads };

    /// <summary>Checks every amount.</summary>
    /// <exception cref="CrossStitchException">One is out of its range; the message and <see cref="CrossStitchException.Setting"/> name it.</exception>
    public void Validate()
    {
        try
        {
            Training.Validate();
        }
        catch (CrossStitchException error) when (error.Setting is { } setting)
        {
            throw new CrossStitchException(error.Message, error) { Setting = $"training.{setting}" };
        }

        Data.Validate();
        Require(Enum.IsDefined(Network), "network", $"'{Network}' is not a network.");
        Require(Enum.IsDefined(Engine), "engine", $"'{Engine}' is not an engine.");
        Require(Auxiliary.All(Enum.IsDefined), "auxiliary", "There is an unknown auxiliary task; there are pose, gender, glasses and smile.");
        Require(Auxiliary.Distinct().Count() == Auxiliary.Count, "auxiliary", "An auxiliary task is named twice.");
        Require(ValidationShare is >= 0 and < 1, "validationShare", $"The share of training faces set aside for validation is {ValidationShare}; it must be at least 0 and below 1.");
        Require(AuxiliaryWeight is >= 0 and <= MostWeight, "auxiliaryWeight", $"The weight λ of the auxiliary tasks is {AuxiliaryWeight}; it must be from 0 to {MostWeight}.");
        Require(Relation.Weight is >= 0 and <= MostWeight, "relation.weight", $"The weight λ_w of the relation is {Relation.Weight}; it must be from 0 to {MostWeight}.");
        Require(Math.Abs(Relation.Scale) <= MostStart, "relation.scale", $"The first value of a is {Relation.Scale}; it must be from -{MostStart} to {MostStart}.");
        Require(Math.Abs(Relation.Shift) <= MostStart, "relation.shift", $"The first value of b is {Relation.Shift}; it must be from -{MostStart} to {MostStart}.");
        Require(Math.Abs(Stitches.Same) <= MostStart, "stitches.same", $"The first value of α_S is {Stitches.Same}; it must be from -{MostStart} to {MostStart}.");
        Require(Math.Abs(Stitches.Other) <= MostStart, "stitches.other", $"The first value of α_D is {Stitches.Other}; it must be from -{MostStart} to {MostStart}.");
        Require(Threads is >= 0 and <= MostThreads, "threads", $"The number of threads is {Threads}; it must be from 1 to {MostThreads}, or 0 for all cores.");
        try
        {
            Augmentation?.Validate();
        }
        catch (ArgumentOutOfRangeException error)
        {
            var name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(error.ParamName!);
            throw new CrossStitchException($"Augmentation: {name} is {error.ActualValue}; {error.Message.Split(" (")[0].Replace($"{error.ParamName} is", "it must be")}", error) { Setting = $"augmentation.{name}" };
        }
    }

    private static void Require(bool holds, string setting, string message)
    {
        if (!holds)
        {
            throw new CrossStitchException(message) { Setting = setting };
        }
    }
}
