namespace CrossStitch.Faces.Crops;

/// <summary>
/// How faces are cropped. A patch holds the box and a margin around it at the same scale, so that augmentation can
/// move, turn and scale a face without leaving real pixels.
/// </summary>
/// <param name="Size">Pixels across the box: the networks' input, 40 in the paper, where nothing is left out.</param>
/// <param name="Margin">Pixels of picture kept beyond the box on every side.</param>
public sealed record CropSettings(int Size = 40, int Margin = 8)
{
    /// <summary>The paper's 40×40 crop (section 5) with room for augmentation.</summary>
    public static CropSettings Default { get; } = new();

    /// <summary>The middle four fifths of the box in as many pixels, with as much room.</summary>
    public static CropSettings Close { get; } = new(50, 3) { Inset = 5 };

    /// <summary>The least room that a turned frame needs: its corners, and a pixel for what lies between.</summary>
    /// <param name="size">Pixels across the frame.</param>
    /// <param name="degrees">How far it is turned.</param>
    internal static CropSettings Turned(int size, float degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * (Math.PI / 180));
        return new(size, (int)Math.Ceiling(size / 2.0 * (Math.Abs(sin) + Math.Abs(cos) - 1)) + 1);
    }

    /// <summary>Pixels of the box that a network does not see, on every side.</summary>
    public int Inset { get; init; }

    /// <summary>Pixels across what a network sees.</summary>
    public int Input => Size - (2 * Inset);

    /// <summary>Crops of a second look: room for a frame that is turned, and for augmentation.</summary>
    /// <param name="size">Pixels across the frame.</param>
    public static CropSettings Aligned(int size) => new(size, (size * 36 / 100) + 1);

    /// <summary>Pixels across a patch: the box and both margins.</summary>
    public int PatchSize => Size + (2 * Margin);

    /// <summary>The settings of crops that are known by two numbers, as files have them.</summary>
    /// <param name="size">Pixels across the box.</param>
    /// <param name="margin">Pixels beyond it.</param>
    internal static CropSettings Of(int size, int margin) => (size, margin) == (Close.Size, Close.Margin) ? Close : new(size, margin);
}
