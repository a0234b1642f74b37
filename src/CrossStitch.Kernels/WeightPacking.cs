using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    /// <param name="backward">Receives channels × weight row floats, likewise; null if nobody will ask.</param>
    public static void Pack(StageGeometry geometry, float* weights, float* forward, float* backward)
    {
        var taps = geometry.Stage.KernelHeight * geometry.Stage.KernelWidth;
        nint size = geometry.InputChannels * taps;
        foreach (var block in geometry.Blocks)
        {
            var channels = Math.Min(block.Channels, geometry.Stage.Channels - block.First);
            var from = weights + (block.First * size);
            var to = forward + ((nint)block.First * geometry.Patch);
            var o = 0;
            for (; o <= channels - 4; o += 4)
            {
                PackFour(geometry, from + (o * size), size, to + o, block.Channels);
            }

            for (; o < channels; o++)
            {
                for (nint i = 0; i < size; i++)
                {
                    to[(InForward(geometry, (int)(i % taps)) + (i / taps)) * block.Channels + o] = from[(o * size) + i];
                }
            }
        }

        if (backward != null)
        {
            PackBackward(geometry, weights, backward);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackBackward(StageGeometry geometry, float* weights, float* backward)
    {
        nint channels = geometry.InputChannels;
        nint taps = geometry.Stage.KernelHeight * geometry.Stage.KernelWidth;
        for (nint tap = 0; tap < taps; tap++)
        {
            var from = weights + tap;
            var to = backward + InBackward(geometry, 0, (int)tap);
            for (var o = 0; o < geometry.Stage.Channels; o++, to += geometry.WeightRow, from += channels * taps)
            {
                nint c = 0;
                for (var at = from; c <= channels - 4; c += 4, at += 4 * taps)
                {
                    Vector128.Create(at[0], at[taps], at[2 * taps], at[3 * taps]).Store(to + c);
                }

                for (; c < channels; c++)
                {
                    to[c] = from[c * taps];
                }
            }
        }
    }

    /// <summary>Packs four output channels, which lie side by side in the forward layout.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackFour(StageGeometry geometry, float* from, nint size, float* to, nint channels)
    {
        var taps = geometry.Stage.KernelHeight * geometry.Stage.KernelWidth;
        var (second, third, fourth) = (size, 2 * size, 3 * size);
        for (var tap = 0; tap < taps; tap++)
        {
            var row = to + (InForward(geometry, tap) * channels);
            for (nint i = tap; i < size; i += taps, row += channels)
            {
                Vector128.Create(from[i], from[second + i], from[third + i], from[fourth + i]).Store(row);
            }
        }
    }

    /// <summary>Puts gradients in the backward layout back into the layout of parameters.</summary>
    /// <param name="geometry">The stage.</param>
    /// <param name="gradient">[channels, weight row].</param>
    /// <param name="weights">Receives [out, in, row, column].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack(StageGeometry geometry, float* gradient, float* weights)
    {
        nint channels = geometry.InputChannels;
        nint taps = geometry.Stage.KernelHeight * geometry.Stage.KernelWidth;
        var to = weights;
        for (var o = 0; o < geometry.Stage.Channels; o++, to += channels * taps)
        {
            for (nint tap = 0; tap < taps; tap++)
            {
                var from = gradient + InBackward(geometry, o, (int)tap);
                for (nint c = 0; c < channels; c++)
                {
                    to[(c * taps) + tap] = from[c];
                }
            }
        }
    }

    /// <summary>Which row of channels the first input channel's weights of one place in the kernel are in the forward layout.</summary>
    private static nint InForward(StageGeometry geometry, int tap)
    {
        var width = geometry.Stage.KernelWidth;
        return (tap / width * geometry.Run) + (tap % width * geometry.InputStride);
    }

    /// <summary>Where a channel's weights of one place in the kernel start in the backward layout.</summary>
    private static nint InBackward(StageGeometry geometry, int channel, int tap)
    {
        var width = geometry.Stage.KernelWidth;
        return ((nint)channel * geometry.WeightRow) + (tap / width * geometry.RowInGroups) + (tap % width * geometry.InputStride);
    }
}
