using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>F(2, 3): interpolation at 0, 1, −1 and infinity.</summary>
internal readonly unsafe struct WinogradOfTwo : IWinogradTransform
{
    public static int Outputs => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (d0, d1, d2, d3) = (TLanes.Load(from), TLanes.Load(from + step), TLanes.Load(from + (2 * step)), TLanes.Load(from + (3 * step)));
        TLanes.Store(TLanes.Subtract(d0, d2), to);
        TLanes.Store(TLanes.Add(d1, d2), to + toStep);
        TLanes.Store(TLanes.Subtract(d2, d1), to + (2 * toStep));
        TLanes.Store(TLanes.Subtract(d1, d3), to + (3 * toStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (g0, g1, g2) = (TLanes.Load(from), TLanes.Load(from + step), TLanes.Load(from + (2 * step)));
        var half = TLanes.Spread(0.5f);
        var ends = TLanes.Add(g0, g2);
        TLanes.Store(g0, to);
        TLanes.Store(TLanes.Multiply(half, TLanes.Add(ends, g1)), to + toStep);
        TLanes.Store(TLanes.Multiply(half, TLanes.Subtract(ends, g1)), to + (2 * toStep));
        TLanes.Store(g2, to + (3 * toStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (p0, p1, p2, p3) = (TLanes.Load(from), TLanes.Load(from + step), TLanes.Load(from + (2 * step)), TLanes.Load(from + (3 * step)));
        TLanes.Store(TLanes.Add(p0, TLanes.Add(p1, p2)), to);
        TLanes.Store(TLanes.Subtract(TLanes.Subtract(p1, p2), p3), to + toStep);
    }
}
