using CrossStitch.Kernels;
using CrossStitch.Sharing;
using TorchSharp.Modules;

namespace CrossStitch.Training;

/// <summary>Stochastic gradient descent with momentum by the kernels.</summary>
internal sealed unsafe class KernelSgd(TrainingOptions options, IReadOnlyList<(ParameterRole Role, IReadOnlyList<Parameter> Parameters)> groups)
    : KernelOptimizer("sgd 1", states: 1, options, groups)
{
    /// <inheritdoc/>
    protected override void Update(float* parameter, float* gradient, long count, float[][] state, double rate, double decay, double scale)
    {
        fixed (float* velocity = state[0])
        {
            SgdKernel.Step(parameter, gradient, velocity, count, (float)rate, (float)Options.Momentum, (float)decay, (float)scale);
        }
    }
}
