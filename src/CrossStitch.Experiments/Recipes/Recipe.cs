using System.Text.Json.Serialization;
using CrossStitch.Engines;
using CrossStitch.Faces.Crops;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Recipes;

/// <summary>A run as data: everything that is needed to repeat it.</summary>
public sealed record Recipe
{
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

    /// <summary>Threads of the tensor library and of the fused engine; the same number gives the same weights to the bit. 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Versions of what ran it, filled in by the run.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>The number of threads that a run really uses.</summary>
    [JsonIgnore]
    public int UsedThreads => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>The auxiliary tasks that the network really has: none for the baseline.</summary>
    public IReadOnlyList<AuxiliaryTask> UsedAuxiliary() => Network == NetworkKind.Single ? [] : Auxiliary;

    /// <summary>Checks every amount.</summary>
    /// <exception cref="CrossStitchException">One is out of its range; the message names it.</exception>
    public void Validate()
    {
        Training.Validate();
        if (ValidationShare is not (>= 0 and < 1))
        {
            throw new CrossStitchException($"The share of training faces set aside for validation is {ValidationShare}; it must be at least 0 and below 1.");
        }

        if (!double.IsFinite(AuxiliaryWeight) || AuxiliaryWeight < 0)
        {
            throw new CrossStitchException($"The weight λ of the auxiliary tasks is {AuxiliaryWeight}; it must be at least 0.");
        }

        try
        {
            Augmentation?.Validate();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new CrossStitchException($"Augmentation: {error.Message}", error);
        }
    }
}
