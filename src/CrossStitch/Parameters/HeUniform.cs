using CrossStitch.Kernels;

namespace CrossStitch.Parameters;

/// <summary>First weights as He et al. (2015) have them, uniform: they keep the variance of activations through layers.</summary>
public static class HeUniform
{
    /// <summary>Fills a block of weights.</summary>
    /// <param name="parameters">Where it lies.</param>
    /// <param name="name">The block: [out, in, ...].</param>
    /// <param name="random">Where the randomness comes from.</param>
    /// <param name="gain">2 before a ReLU, 1 before nothing.</param>
    /// <exception cref="CrossStitchException">There is no such block.</exception>
    public static void Fill(ParameterSet parameters, string name, SeededRandom random, double gain = 2)
    {
        var block = parameters.Blocks[parameters.PlaceOf(name)];
        var bound = Math.Sqrt(3 * gain * block.Shape[0] / block.Count);
        foreach (ref var weight in parameters[name])
        {
            weight = (float)random.NextBetween(-bound, bound);
        }
    }
}
