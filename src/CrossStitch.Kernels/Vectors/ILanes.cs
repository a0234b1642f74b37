namespace CrossStitch.Kernels.Vectors;

/// <summary>
/// Arithmetic on one vector register's worth of floats. Kernels are written once against it; for every width the
/// compiler makes a method of its own, in which these members are single instructions.
/// </summary>
/// <typeparam name="TVector">The vector of this width.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>How many floats a vector holds.</summary>
    static abstract int Count { get; }

    /// <summary>Positions in a tile, 8 or 4: what fits in the registers beside the weights.</summary>
    static abstract int TilePositions { get; }

    static abstract TVector Load(float* from);

    static abstract void Store(TVector vector, float* to);

    /// <summary>The same number in every lane.</summary>
    static abstract TVector Spread(float value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a × b + c, in one rounding where the hardware can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>A mask of the lanes where a &gt; b, or a is not a number.</summary>
    static abstract TVector Exceeds(TVector a, TVector b);

    /// <summary>A mask of the lanes that are above zero, or no number: those that ReLU lets pass.</summary>
    static abstract TVector Passes(TVector vector);

    /// <summary>The lanes of one vector where a mask is set, and of the other where it is not.</summary>
    static abstract TVector Select(TVector mask, TVector set, TVector unset);

    /// <summary>Stores small whole numbers as a byte each.</summary>
    static abstract void StoreBytes(TVector numbers, byte* to);

    /// <summary>The lanes whose byte is not the one given; zero in the others.</summary>
    static abstract TVector Unless(TVector vector, byte* bytes, byte excluded);
}
