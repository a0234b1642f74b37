namespace CrossStitch.Benchmarks.Machines;

/// <summary>Multiply-add on vectors of one width, for a kernel that is written once.</summary>
/// <typeparam name="TVector">The vectors.</typeparam>
internal interface IFma<TVector>
{
    static abstract int Lanes { get; }

    static abstract TVector Create(float value);

    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector sum);

    static abstract TVector Add(TVector a, TVector b);

    static abstract float First(TVector vector);
}
