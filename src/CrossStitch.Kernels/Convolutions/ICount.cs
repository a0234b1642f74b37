namespace CrossStitch.Kernels.Convolutions;

/// <summary>A number that the compiler knows: for each it makes a method of its own, without what the number does not need.</summary>
internal interface ICount
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}
