using CrossStitch.Kernels;
using CrossStitch.Sharing;
using TorchSharp.Modules;

namespace CrossStitch.Training;

/// <summary>Adam by the kernels.</summary>
internal sealed unsafe class KernelAdam(TrainingOptions options, IReadOnlyList<(ParameterRole Role, IReadOnlyList<Parameter> Parameters)> groups)
    : KernelOptimizer("adam 1", states: 2, options, groups)
{
    /// <inheritdoc/>
    protected override void Update(float* parameter, float* gradient, long count, float[][] state, double rate, double decay, double scale)
    {
        fixed (float* mean = state[0], square = state[1])
        {
            AdamKernel.Step(parameter, gradient, mean, square, count, new AdamStep(Steps, rate, decay, scale));
        }
    }
}
