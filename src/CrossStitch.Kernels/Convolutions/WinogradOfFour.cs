using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>F(4, 3): interpolation at 0, 1, −1, 2, −2 and infinity.</summary>
internal readonly unsafe struct WinogradOfFour : IWinogradTransform
{
    public static int Outputs => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (d0, d1, d2) = (TLanes.Load(from), TLanes.Load(from + step), TLanes.Load(from + (2 * step)));
        var (d3, d4, d5) = (TLanes.Load(from + (3 * step)), TLanes.Load(from + (4 * step)), TLanes.Load(from + (5 * step)));
        var (two, four) = (TLanes.Spread(2), TLanes.Spread(4));
        var (minusFour, minusFive) = (TLanes.Spread(-4), TLanes.Spread(-5));
        TLanes.Store(TLanes.MultiplyAdd(four, d0, TLanes.MultiplyAdd(minusFive, d2, d4)), to);
        var even = TLanes.MultiplyAdd(minusFour, d2, d4);
        var odd = TLanes.MultiplyAdd(minusFour, d1, d3);
        TLanes.Store(TLanes.Add(even, odd), to + toStep);
        TLanes.Store(TLanes.Subtract(even, odd), to + (2 * toStep));
        even = TLanes.Subtract(d4, d2);
        odd = TLanes.Multiply(two, TLanes.Subtract(d3, d1));
        TLanes.Store(TLanes.Add(even, odd), to + (3 * toStep));
        TLanes.Store(TLanes.Subtract(even, odd), to + (4 * toStep));
        TLanes.Store(TLanes.MultiplyAdd(four, d1, TLanes.MultiplyAdd(minusFive, d3, d5)), to + (5 * toStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (g0, g1, g2) = (TLanes.Load(from), TLanes.Load(from + step), TLanes.Load(from + (2 * step)));
        TLanes.Store(TLanes.Multiply(TLanes.Spread(1f / 4), g0), to);
        var ends = TLanes.Multiply(TLanes.Spread(-1f / 6), TLanes.Add(g0, g2));
        var middle = TLanes.Multiply(TLanes.Spread(-1f / 6), g1);
        TLanes.Store(TLanes.Add(ends, middle), to + toStep);
        TLanes.Store(TLanes.Subtract(ends, middle), to + (2 * toStep));
        ends = TLanes.MultiplyAdd(TLanes.Spread(1f / 24), g0, TLanes.Multiply(TLanes.Spread(1f / 6), g2));
        middle = TLanes.Multiply(TLanes.Spread(1f / 12), g1);
        TLanes.Store(TLanes.Add(ends, middle), to + (3 * toStep));
        TLanes.Store(TLanes.Subtract(ends, middle), to + (4 * toStep));
        TLanes.Store(g2, to + (5 * toStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (p0, p1, p2) = (TLanes.Load(from), TLanes.Load(from + step), TLanes.Load(from + (2 * step)));
        var (p3, p4, p5) = (TLanes.Load(from + (3 * step)), TLanes.Load(from + (4 * step)), TLanes.Load(from + (5 * step)));
        var (sumOfOnes, differenceOfOnes) = (TLanes.Add(p1, p2), TLanes.Subtract(p1, p2));
        var (sumOfTwos, differenceOfTwos) = (TLanes.Add(p3, p4), TLanes.Subtract(p3, p4));
        TLanes.Store(TLanes.Add(p0, TLanes.Add(sumOfOnes, sumOfTwos)), to);
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Spread(2), differenceOfTwos, differenceOfOnes), to + toStep);
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Spread(4), sumOfTwos, sumOfOnes), to + (2 * toStep));
        TLanes.Store(TLanes.Add(TLanes.MultiplyAdd(TLanes.Spread(8), differenceOfTwos, differenceOfOnes), p5), to + (3 * toStep));
    }
}
