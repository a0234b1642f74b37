using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>
/// Winograd's minimal filtering F(m, 3) along one dimension (Lavin and Gray, 2016): m outputs of a 3-tap filter from
/// m + 2 products instead of 3 m. Transforms go from memory to memory, vector by vector; along both dimensions they are
/// applied one after the other.
/// </summary>
internal unsafe interface IWinogradTransform
{
    /// <summary>m: outputs.</summary>
    static abstract int Outputs { get; }

    /// <summary>Bᵀ d: m + 2 inputs to m + 2 factors.</summary>
    static abstract void Input<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>G g: 3 weights to m + 2 factors.</summary>
    static abstract void Weights<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Aᵀ p: m + 2 products to m outputs.</summary>
    static abstract void Output<TLanes, TVector>(float* from, nint step, float* to, nint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}
