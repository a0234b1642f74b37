using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>What a network of a finder is shown of a photo.</summary>
/// <param name="Window">Side of its input, in its pixels.</param>
/// <param name="Octaves">A face in an example is up to so many octaves larger or smaller than the nominal side.</param>
/// <param name="Shift">A face in an example is up to so far off the middle, in nominal sides.</param>
/// <param name="Standardized">Whether each input is shifted and scaled to mean 0 and variance 1; a network that slides cannot have it.</param>
internal sealed record FinderInput(int Window, double Octaves, double Shift, bool Standardized)
{
    /// <summary>Picture beyond the box on every side, as a share of the box's side.</summary>
    public const float Margin = 0.125f;

    /// <summary>Of the network that slides: as far off as half a stride and a level of a search, and a bit more.</summary>
    public static FinderInput Scan { get; } = new(30, 0.3, 5 / 24.0, Standardized: false);

    /// <summary>Of the second look: as far off as the first one's boxes are, and a bit more.</summary>
    public static FinderInput Check { get; } = new(40, 0.3, 0.15, Standardized: true);

    /// <summary>The side of the box that the network is made for, in pixels of its input.</summary>
    public float NominalSide => Window / (1 + (2 * Margin));

    /// <summary>Numbers of an input.</summary>
    public int Pixels => Window * Window;

    /// <summary>The same as a model's file says it.</summary>
    public InputFormat Format => new()
    {
        Channels = ["gray"],
        High = byte.MaxValue,
        Scale = 1 / 127.5f,
        Offset = -1,
        Standardized = Standardized,
        MinimumDeviation = Standardized ? 1 / 255f : 0,
        Crop = new CropFormat("square-detector-box", Margin, Resampling.Tent, EdgeHandling.Replicate),
    };
}
