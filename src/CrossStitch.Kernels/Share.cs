namespace CrossStitch.Kernels;

/// <summary>Which part of some work is one worker's.</summary>
/// <param name="Part">Which, from 0.</param>
/// <param name="Parts">Of how many.</param>
internal readonly record struct Share(int Part, int Parts)
{
    /// <summary>All of it.</summary>
    public static Share All => new(0, 1);

    /// <summary>The worker's items of a number of items.</summary>
    /// <param name="count">How many items there are.</param>
    public (int First, int End) Of(int count) => ((int)((long)count * Part / Parts), (int)((long)count * (Part + 1) / Parts));
}
