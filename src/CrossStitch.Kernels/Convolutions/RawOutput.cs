using System.Runtime.CompilerServices;
using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>The sums as they are.</summary>
/// <param name="output">The first position's.</param>
/// <param name="stride">Floats from one position to the next.</param>
internal readonly unsafe struct RawOutput(float* output, nint stride) : ITileOutput
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<TLanes, TVector>(int position, nint channel, TVector a, TVector b, TVector c, TVector d)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var to = output + (position * stride) + channel;
        TLanes.Store(a, to);
        TLanes.Store(b, to + stride);
        TLanes.Store(c, to + (2 * stride));
        TLanes.Store(d, to + (3 * stride));
    }
}
