using System.Text.Json.Serialization;
using CrossStitch.Engines;
using CrossStitch.Experiments.Data;
using CrossStitch.Export;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Kernels.Models;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Data;

/// <summary>Faces to learn from, wherever they come from.</summary>
public abstract record FacesRecipe : DataRecipe
{
    /// <summary>How faces are varied in training; null for not at all.</summary>
    public CropAugmentation? Augmentation { get; init; } = new();

    /// <summary>
    /// Whether a network is measured, and then run, by the mean of what it says of a face and of its mirror image: smaller errors
    /// for twice the time of reading. An exported model says it (<see cref="InputFormat.MirrorAveraged"/>).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MirrorAveraged { get; init; }

    /// <summary>
    /// Whether the network sees the middle four fifths of the box, larger, in as many pixels: a detector's box has more around a
    /// face than its points need. What is predicted is in units of the whole box all the same.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Close { get; init; }

    /// <summary>
    /// Whether faces are seen a second time, upright and close, by the points that another network has found; null for a first
    /// look, at their boxes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SecondLook? SecondLook { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<LearningTask> Tasks() => SecondLook is null ? FaceTasks.All : FaceTasks.From(SecondLook.ShapeNumbers);

    /// <inheritdoc/>
    public override TowerShape Backbone() => FaceTower.Of(SecondLook?.Size ?? CropSettings.Default.Input);

    /// <summary>The same faces, seen as other ones are: with their augmentation, crops and looks.</summary>
    /// <param name="other">The other ones.</param>
    public FacesRecipe SeenAs(FacesRecipe other) =>
        this with { Augmentation = other.Augmentation, MirrorAveraged = other.MirrorAveraged, Close = other.Close, SecondLook = other.SecondLook };

    /// <summary>How boxes are cropped, to be seen or, where there is a second look, by the network that looks first.</summary>
    internal CropSettings BoxCrop => SecondLook is { } look ? look.FirstCrop() : Close ? CropSettings.Close : CropSettings.Default;

    /// <inheritdoc/>
    public override Domain Domain() => new FaceDomain();

    /// <inheritdoc/>
    public override ModelExportOptions Export() => new()
    {
        Input = (SecondLook is not null ? CropPixels.AlignedFormat(SecondLook.Shape) : CropPixels.FormatOf(BoxCrop)) with { MirrorAveraged = MirrorAveraged },
        Units = new Dictionary<string, string> { [FaceTasks.Landmarks] = NetworkHead.BoxUnit },
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, float[]> Predict(NetworkEngine engine, ILabelledData data, int batchSize, CancellationToken cancellation = default) =>
        MirrorAveraged ? MirrorPrediction.Of(engine, data, batchSize, cancellation) : base.Predict(engine, data, batchSize, cancellation);

    /// <inheritdoc/>
    public override void Validate()
    {
        SecondLook?.Validate();
        if (Close && SecondLook is not null)
        {
            throw new CrossStitchException("A second look has a frame of its own, and sees no box close; leave one of close and secondLook out.") { Setting = "close" };
        }

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

    /// <inheritdoc/>
    public sealed override Dataset Load(IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default) => LoadFaces(progress, cancellation);

    /// <inheritdoc/>
    public sealed override bool TryPack(Dataset data, string folder)
    {
        if (data is not FaceDataset faces)
        {
            return false;
        }

        PackedFaces.Save(Path.Combine(folder, PackedFaces.FileName), PackedSource, faces);
        return true;
    }

    /// <inheritdoc/>
    public sealed override Dataset? LoadPacked(string folder) => PackedFaces.Load(Path.Combine(folder, PackedFaces.FileName), PackedSource, Augmentation);

    /// <summary>Which faces they are; how they are varied is not in the file.</summary>
    private string PackedSource => $"{((FacesRecipe)Portable()) with { Augmentation = null }}";

    /// <summary>Loads the faces.</summary>
    /// <param name="progress">Receives how far it has come, from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">They are missing or wrong.</exception>
    public abstract FaceDataset LoadFaces(IProgress<LoadProgress>? progress, CancellationToken cancellation);
}
