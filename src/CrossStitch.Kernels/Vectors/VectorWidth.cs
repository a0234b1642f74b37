using System.Runtime.Intrinsics;

namespace CrossStitch.Kernels.Vectors;

/// <summary>How many floats the kernels take at a time.</summary>
internal enum VectorWidth
{
    /// <summary>SSE, NEON.</summary>
    Four = 4,

    /// <summary>AVX2.</summary>
    Eight = 8,

    /// <summary>AVX-512.</summary>
    Sixteen = 16,
}

/// <summary>What this machine has.</summary>
internal static class VectorWidths
{
    /// <summary>The widest vectors that are fast here.</summary>
    public static VectorWidth Widest =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Sixteen :
        Vector256.IsHardwareAccelerated ? VectorWidth.Eight :
        VectorWidth.Four;
}
