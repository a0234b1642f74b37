namespace CrossStitch.Faces.Skia;

/// <summary>How photos are loaded.</summary>
public sealed record PhotoOptions
{
    /// <summary>The most pixels that a photo may have; more are refused before memory is taken for them.</summary>
    public int MostPixels { get; init; } = PhotoPixels.MostPixels;

    /// <summary>The most bytes that a file may have.</summary>
    public int MostBytes { get; init; } = 1 << 28;

    /// <summary>What messages call a photo that has no file.</summary>
    public string Name { get; init; } = "photo";

    internal void Check()
    {
        if (MostPixels is < 1 or > PhotoPixels.MostPixels || MostBytes < 1)
        {
            throw new ArgumentException($"At most {MostPixels} pixels and {MostBytes} bytes: pixels must be from 1 to {PhotoPixels.MostPixels}, bytes at least 1.");
        }
    }
}
