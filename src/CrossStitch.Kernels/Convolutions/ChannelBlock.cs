namespace CrossStitch.Kernels.Convolutions;

/// <summary>Output channels that are computed together.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Vectors">How many vectors of them.</param>
/// <param name="Channels">How many channels that is.</param>
internal readonly record struct ChannelBlock(int First, int Vectors, int Channels)
{
    /// <summary>Divides channels into as few blocks as the tile allows, of about the same size.</summary>
    /// <param name="channels">A multiple of the lanes.</param>
    /// <param name="lanes">Channels in a vector.</param>
    public static ChannelBlock[] Split(int channels, int lanes)
    {
        var vectors = channels / lanes;
        var blocks = new ChannelBlock[(vectors + TileKernel.MostVectors - 1) / TileKernel.MostVectors];
        for (var i = 0; i < blocks.Length; i++)
        {
            var (first, end) = (vectors * i / blocks.Length, vectors * (i + 1) / blocks.Length);
            blocks[i] = new ChannelBlock(first * lanes, end - first, (end - first) * lanes);
        }

        return blocks;
    }
}
