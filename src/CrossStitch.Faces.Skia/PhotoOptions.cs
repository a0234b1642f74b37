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

    /// <summary>
    /// Called when the photo's size is known and before memory is taken for it, with the bytes that decoding takes at most, the
    /// pixels included: the place to wait where many photos are loaded at once. What it throws comes out of the loading.
    /// </summary>
    public Action<long>? BeforeDecoding { get; init; }

    internal void Check()
    {
        if (MostPixels is < 1 or > PhotoPixels.MostPixels || MostBytes < 1)
        {
            throw new ArgumentException($"At most {MostPixels} pixels and {MostBytes} bytes: pixels must be from 1 to {PhotoPixels.MostPixels}, bytes at least 1.");
        }
    }
}
