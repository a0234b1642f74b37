using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Towers;

/// <summary>First values of parameters, drawn from an explicit generator: never from TorchSharp's global one.</summary>
internal static class Initialization
{
    /// <summary>He et al. (2015), uniform: keeps the variance of activations through ReLU layers.</summary>
    /// <param name="shape">[out, in, ...].</param>
    /// <param name="generator">Where the randomness comes from.</param>
    /// <param name="gain">2 before a ReLU, 1 before nothing.</param>
    public static Parameter HeUniform(long[] shape, Generator generator, double gain = 2)
    {
        var inputs = shape.Skip(1).Aggregate(1L, (product, side) => product * side);
        var bound = Math.Sqrt(3 * gain / inputs);
        using var _ = no_grad();
        return new Parameter(empty(shape, dtype: float32).uniform_(-bound, bound, generator));
    }

    /// <summary>Zeros.</summary>
    /// <param name="length">How many.</param>
    public static Parameter Zeros(long length) => new(zeros(length, dtype: float32));
}
