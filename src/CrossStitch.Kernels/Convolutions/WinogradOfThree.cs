using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>F(3, 3): interpolation at 0, 1, −1, 2 and infinity.</summary>
internal readonly unsafe struct WinogradOfThree : IWinogradTransform
{
    public static int Outputs => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (d0, d1, d2) = (TLanes.Load(from), TLanes.Load(from + step), TLanes.Load(from + (2 * step)));
        var (d3, d4) = (TLanes.Load(from + (3 * step)), TLanes.Load(from + (4 * step)));
        var (two, minusTwo) = (TLanes.Spread(2), TLanes.Spread(-2));
        var ends = TLanes.Subtract(d3, d1);
        var inner = TLanes.Subtract(d3, d2);
        TLanes.Store(TLanes.MultiplyAdd(two, TLanes.Subtract(d0, d2), ends), to);
        TLanes.Store(TLanes.MultiplyAdd(minusTwo, d1, inner), to + toStep);
        TLanes.Store(TLanes.MultiplyAdd(two, TLanes.Subtract(d1, d2), inner), to + (2 * toStep));
        TLanes.Store(ends, to + (3 * toStep));
        TLanes.Store(TLanes.MultiplyAdd(minusTwo, ends, TLanes.Subtract(d4, d2)), to + (4 * toStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (g0, g1, g2) = (TLanes.Load(from), TLanes.Load(from + step), TLanes.Load(from + (2 * step)));
        var (half, sixth) = (TLanes.Spread(1f / 2), TLanes.Spread(1f / 6));
        var ends = TLanes.Add(g0, g2);
        TLanes.Store(TLanes.Multiply(half, g0), to);
        TLanes.Store(TLanes.Multiply(TLanes.Spread(-1f / 2), TLanes.Add(ends, g1)), to + toStep);
        TLanes.Store(TLanes.Multiply(sixth, TLanes.Subtract(g1, ends)), to + (2 * toStep));
        TLanes.Store(TLanes.MultiplyAdd(sixth, g0, TLanes.MultiplyAdd(TLanes.Spread(1f / 3), g1, TLanes.Multiply(TLanes.Spread(2f / 3), g2))), to + (3 * toStep));
        TLanes.Store(g2, to + (4 * toStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (p0, p1, p2) = (TLanes.Load(from), TLanes.Load(from + step), TLanes.Load(from + (2 * step)));
        var (p3, p4) = (TLanes.Load(from + (3 * step)), TLanes.Load(from + (4 * step)));
        var sum = TLanes.Add(p1, p2);
        TLanes.Store(TLanes.Add(TLanes.Add(p0, sum), p3), to);
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Spread(2), p3, TLanes.Subtract(p1, p2)), to + toStep);
        TLanes.Store(TLanes.Add(TLanes.MultiplyAdd(TLanes.Spread(4), p3, sum), p4), to + (2 * toStep));
    }
}
