using CrossStitch.Kernels.Vectors;

namespace CrossStitch.Kernels.Convolutions;

/// <summary>What becomes of the sums of a tile.</summary>
internal interface ITileOutput
{
    /// <summary>Takes a vector of output channels of four positions that follow each other.</summary>
    /// <param name="position">The first position's place in the tile.</param>
    /// <param name="channel">The first channel's place in the tile.</param>
    /// <param name="a">The first position's sums.</param>
    /// <param name="b">The second's.</param>
    /// <param name="c">The third's.</param>
    /// <param name="d">The fourth's.</param>
    void Put<TLanes, TVector>(int position, nint channel, TVector a, TVector b, TVector c, TVector d)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}
