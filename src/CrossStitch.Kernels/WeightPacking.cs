namespace CrossStitch.Kernels;

/// <summary>
/// Between the layout of parameters, [out, in, row, column], and the two that the kernels read: forward, a block of
/// channels after the other, [row, run, channels], where the innermost loop walks straight on; backward [channel,
/// groups], where a row lies as its patch does.
/// </summary>
internal static unsafe class WeightPacking
{
    /// <summary>Packs weights both ways.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="weights">[out, in, row, column].</param>
    /// <param name="forward">Receives channels × patch floats; those that are no weight stay as they are.</param>
    /// <param name="backward">Receives channels × weight row floats, likewise.</param>
    public static void Pack(StageGeometry geometry, float* weights, float* forward, float* backward)
    {
        var (height, width) = (geometry.Stage.KernelHeight, geometry.Stage.KernelWidth);
        nint size = geometry.InputChannels * height * width;
        foreach (var block in geometry.Blocks)
        {
            var channels = Math.Min(block.Channels, geometry.Stage.Channels - block.First);
            var to = forward + ((nint)block.First * geometry.Patch);
            for (var c = 0; c < geometry.InputChannels; c++)
            {
                for (var tap = 0; tap < height * width; tap++)
                {
                    var from = weights + (block.First * size) + (c * height * width) + tap;
                    var row = to + (((nint)(tap / width * geometry.Run) + (tap % width * geometry.InputStride) + c) * block.Channels);
                    for (var o = 0; o < channels; o++)
                    {
                        row[o] = from[o * size];
                    }
                }
            }
        }

        for (var o = 0; o < geometry.Stage.Channels; o++)
        {
            for (var tap = 0; tap < height * width; tap++)
            {
                var from = weights + (o * size) + tap;
                var to = backward + InBackward(geometry, o, tap);
                for (var c = 0; c < geometry.InputChannels; c++)
                {
                    to[c] = from[c * height * width];
                }
            }
        }
    }

    /// <summary>Puts gradients in the backward layout back into the layout of parameters.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="gradient">[channels, weight row].</param>
    /// <param name="weights">Receives [out, in, row, column].</param>
    public static void Unpack(StageGeometry geometry, float* gradient, float* weights)
    {
        var taps = geometry.Stage.KernelHeight * geometry.Stage.KernelWidth;
        for (var o = 0; o < geometry.Stage.Channels; o++)
        {
            for (var tap = 0; tap < taps; tap++)
            {
                var from = gradient + InBackward(geometry, o, tap);
                var to = weights + ((nint)o * geometry.InputChannels * taps) + tap;
                for (var c = 0; c < geometry.InputChannels; c++)
                {
                    to[c * taps] = from[c];
                }
            }
        }
    }

    /// <summary>Where a channel's weights of one place in the kernel start in the backward layout.</summary>
    private static nint InBackward(StageGeometry geometry, int channel, int tap)
    {
        var width = geometry.Stage.KernelWidth;
        return ((nint)channel * geometry.WeightRow) + (tap / width * geometry.RowInGroups) + (tap % width * geometry.InputStride);
    }
}
