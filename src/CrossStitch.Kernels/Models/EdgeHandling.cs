namespace CrossStitch.Kernels.Models;

/// <summary>What lies beyond the edges of a picture, where a region leaves it.</summary>
public enum EdgeHandling
{
    /// <summary>Copies of the nearest pixel of the edge.</summary>
    Replicate,

    /// <summary>The least raw value, <see cref="InputFormat.Low"/>, such as black.</summary>
    Lowest,
}
