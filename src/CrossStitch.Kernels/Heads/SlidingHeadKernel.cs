using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CrossStitch.Kernels.Heads;

/// <summary>A linear head at every place of a picture, whose features lie channel after channel.</summary>
internal static unsafe class SlidingHeadKernel
{
    private const int Lanes = 8;

    /// <summary>outputs = weights × features + biases, for each place.</summary>
    /// <param name="places">How many places.</param>
    /// <param name="channels">How many features each has.</param>
    /// <param name="outputs">How many numbers the head gives.</param>
    /// <param name="features">[channels, places]; a vector behind the end may be read.</param>
    /// <param name="weights">[outputs, channels].</param>
    /// <param name="biases">[outputs].</param>
    /// <param name="result">Receives [places, outputs].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int places, int channels, int outputs, float* features, float* weights, float* biases, float* result)
    {
        for (var place = 0; place < places; place += Lanes)
        {
            var some = Math.Min(Lanes, places - place);
            for (var o = 0; o < outputs; o++)
            {
                var sum = Vector256.Create(biases[o]);
                var at = features + place;
                var row = weights + ((nint)o * channels);
                for (var c = 0; c < channels; c++, at += places)
                {
                    sum += Vector256.Create(row[c]) * Vector256.Load(at);
                }

                for (var lane = 0; lane < some; lane++)
                {
                    result[((nint)(place + lane) * outputs) + o] = sum[lane];
                }
            }
        }
    }
}
