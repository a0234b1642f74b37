using CrossStitch.Towers;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>How a finder is trained: the same recipe, photos and thread count give the same bits.</summary>
public sealed record FinderRecipe
{
    /// <summary>Side of the network's input, in its pixels.</summary>
    public const int Window = 30;

    /// <summary>Picture beyond the box on every side of the input, as a share of the box's side.</summary>
    public const float Margin = 0.125f;

    /// <summary>The side of the box that the network is made for, in pixels of its input.</summary>
    public const float NominalSide = Window / (1 + (2 * Margin));

    /// <summary>Channels of the three convolutions and of the dense stage behind them.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 48, 96];

    /// <summary>
    /// How often the network is trained: after each time but the last it searches the training photos, and what it takes for a
    /// face and is none is added to the backgrounds that it is trained on next.
    /// </summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Passes over the examples of each round.</summary>
    public int Epochs { get; init; } = 6;

    /// <summary>Examples of each frontal face, shifted, scaled and rotated; a face of ±30° has twice as many, one of ±60° three times.</summary>
    public int ExamplesPerFace { get; init; } = 6;

    /// <summary>Pieces of background of each photo, drawn at random.</summary>
    public int BackgroundsPerPhoto { get; init; } = 20;

    /// <summary>The most pieces of background of a photo that a search adds.</summary>
    public int MinedPerPhoto { get; init; } = 8;

    /// <summary>Of so many photos, one picture without a face is drawn for each round, and searched after it as the photos are.</summary>
    public int PhotosPerDrawing { get; init; } = 3;

    /// <summary>One of so many photos is cut closely around its face for each round, and learned from like another photo, besides.</summary>
    public int PhotosPerCloseUp { get; init; } = 1;

    /// <summary>Examples a step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>The highest learning rate of the first round; later rounds have half of it.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>λ of the box over the face's 1.</summary>
    public double BoxWeight { get; init; } = 0.5;

    /// <summary>λ of the five points over the face's 1.</summary>
    public double LandmarksWeight { get; init; } = 0.5;

    /// <summary>One photo of so many is set aside: on them the threshold is chosen.</summary>
    public int ValidationShare { get; init; } = 10;

    /// <summary>
    /// False boxes an image of the photos set aside that the first look hands on to the second: the more, the fewer faces are
    /// missed and the longer the second look takes.
    /// </summary>
    public double HandedOn { get; init; } = 0.5;

    /// <summary>False boxes an image of the photos set aside that are left in the end; the threshold is never below a half.</summary>
    public double FalseBoxes { get; init; } = 0.05;

    /// <summary>Seed of everything random.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads that train and search; the bits depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The network's stages.</summary>
    internal TowerShape Shape() => new(
        [1, Window, Window],
        [
            .. Channels.SkipLast(1).Select((channels, i) => new ConvolutionStage($"conv{i + 1}", channels, 3, Pool: true)),
            new DenseStage("dense", Channels[^1]),
        ]);

    /// <summary>Checks that it makes sense.</summary>
    /// <exception cref="CrossStitchException">It does not; the message says what.</exception>
    internal void Validate()
    {
        Require(Channels.Count == 4 && Channels.All(channels => channels is >= 1 and <= 1024), $"the channels are {string.Join(", ", Channels)}: there are four numbers, each from 1 to 1024");
        Require(Rounds is >= 1 and <= 20, $"{Rounds} rounds: from 1 to 20");
        Require(Epochs is >= 1 and <= 1000, $"{Epochs} epochs: from 1 to 1000");
        Require(ExamplesPerFace is >= 1 and <= 100, $"{ExamplesPerFace} examples of a face: from 1 to 100");
        Require(BackgroundsPerPhoto is >= 1 and <= 200, $"{BackgroundsPerPhoto} backgrounds of a photo: from 1 to 200");
        Require(PhotosPerDrawing >= 1, $"a drawn picture of {PhotosPerDrawing} photos: of at least one");
        Require(PhotosPerCloseUp >= 1, $"a photo of {PhotosPerCloseUp} cut closely: of at least one");
        Require(ValidationShare >= 2, $"one photo of {ValidationShare} set aside: at least one of 2 must be left to train on");
        Require(Threads >= 1, $"{Threads} threads: at least one");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new CrossStitchException($"The finder cannot be trained so: {otherwise}.");
        }
    }
}
