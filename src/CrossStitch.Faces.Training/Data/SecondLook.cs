using System.Text.Json.Serialization;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Training.Data;

/// <summary>
/// How faces are seen a second time: a first network has found their points in the box, and each face is cut out of its picture
/// again, turned upright and scaled so that those points lie as near as they can to a mean shape. What is left to learn is
/// smaller, and seen larger.
/// </summary>
/// <param name="Size">Pixels across the frame that the network sees.</param>
/// <param name="Model">Path of the model that looks first; null for the reader in the package.</param>
public sealed record SecondLook(int Size = SecondLook.UsualSize, string? Model = null)
{
    /// <summary>Pixels across the frame where nothing else is said.</summary>
    public const int UsualSize = 60;

    private const int LeastSize = 40;
    private const int MostSize = 128;
    private const int BatchSize = 64;

    /// <summary>
    /// Where the points lie in the frame: the mean shape of MTFL's faces in detector boxes, made symmetric, one and a half times as large,
    /// in the middle.
    /// </summary>
    public static FaceLandmarks Shape { get; } = new(new(0.245f, 0.23f), new(0.755f, 0.23f), new(0.5f, 0.545f), new(0.2825f, 0.7775f), new(0.7175f, 0.7775f));

    /// <summary>The same as numbers: x1..x5, then y1..y5.</summary>
    [JsonIgnore]
    internal static IReadOnlyList<float> ShapeNumbers { get; } = Numbers(Shape);

    /// <summary>Whether frames can have that many pixels across.</summary>
    internal static bool IsSize(int size) => size is >= LeastSize and <= MostSize;

    /// <summary>Checks the size and the name.</summary>
    /// <exception cref="CrossStitchException">The size is out of its range, or the model has an empty name.</exception>
    public void Validate()
    {
        if (!IsSize(Size))
        {
            throw new CrossStitchException($"A second look of {Size} pixels: it must have {LeastSize} to {MostSize}.") { Setting = "secondLook.size" };
        }

        if (Model is not null && string.IsNullOrWhiteSpace(Model))
        {
            throw new CrossStitchException("The model that looks first has no name; leave it out (null) for the reader in the package.") { Setting = "secondLook.model" };
        }
    }

    /// <summary>The same without the model's folder.</summary>
    internal SecondLook Portable() => this with { Model = Model is null ? null : Path.GetFileName(Model) };

    /// <summary>How the network that looks first sees boxes.</summary>
    /// <exception cref="CrossStitchException">The model is missing or damaged, or sees them in a way that is not known.</exception>
    internal CropSettings FirstCrop()
    {
        var model = First();
        return new[] { CropSettings.Default, CropSettings.Close }.FirstOrDefault(settings => settings.Input == model.Shape.InputWidth && CropPixels.FormatOf(settings).Crop!.Margin == model.Input.Crop?.Margin)
            ?? throw new CrossStitchException($"{Name}: cannot look first: it takes boxes of {model.Shape.InputWidth} pixels with a margin of {model.Input.Crop?.Margin}; those of this program take {CropSettings.Default.Input}, without one or with {CropPixels.FormatOf(CropSettings.Close).Crop!.Margin}.");
    }

    /// <summary>The frames of faces, by the points that the first network finds in their boxes.</summary>
    /// <param name="faces">The faces, as a first look sees them.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A frame a face; one whose points are no face's has its box.</returns>
    /// <exception cref="CrossStitchException">The model is missing or damaged, or does not read faces.</exception>
    internal FaceFrame[] Frames(FaceCropSet faces, CancellationToken cancellation)
    {
        var model = First();
        try
        {
            return Frames(faces, model, cancellation);
        }
        catch (FaceDataException error)
        {
            throw new CrossStitchException($"{Name}: cannot look first: {error.Message}", error);
        }
    }

    private string Name => Model ?? "the reader in the package";

    private NetworkModel First()
    {
        try
        {
            return Model is null ? PackagedModel.Load(PackagedModel.Reader) : ModelFile.Load(Model);
        }
        catch (ModelFileException) when (Model is not null && !File.Exists(Model))
        {
            throw new CrossStitchException($"{Model}: the network that looks first is not there; say with --first-look where it is now, or in the recipe as secondLook.model.");
        }
        catch (ModelFileException error)
        {
            throw new CrossStitchException($"{Name}: cannot look first: {error.Message}", error);
        }
    }

    private static FaceFrame[] Frames(FaceCropSet faces, NetworkModel model, CancellationToken cancellation)
    {
        var reader = new ReaderModel(model);
        using var runner = new NetworkRunner(model, Environment.ProcessorCount);
        var (frames, output, length) = (new FaceFrame[faces.Count], new NetworkOutput(model), model.InputLength);
        var input = new float[2 * BatchSize * length];
        for (var first = 0; first < faces.Count; first += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BatchSize, faces.Count - first);
            for (var i = 0; i < count; i++)
            {
                var example = input.AsSpan(i * length, length);
                faces.Extract(first + i, example);
                model.Input.Normalize(example);
                reader.Mirror(example, input.AsSpan((count + i) * length, length));
            }

            var examples = reader.IsMirrored ? 2 * count : count;
            runner.Run(input.AsSpan(0, examples * length), examples, output);
            for (var i = 0; i < count; i++)
            {
                var region = FaceFrame.Of(faces[first + i].Box);
                var face = reader.Read(output, i, reader.IsMirrored ? count + i : null, region, new Face { Box = faces[first + i].Box, Score = 1, Landmarks = Shape });
                frames[first + i] = ReaderModel.FrameOf(face, Shape) ?? region;
            }
        }

        return frames;
    }

    private static float[] Numbers(FaceLandmarks points)
    {
        var numbers = new float[FaceLandmarks.Numbers];
        points.CopyTo(numbers);
        return numbers;
    }
}
