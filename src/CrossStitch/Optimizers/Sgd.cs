using CrossStitch.Engines;
using CrossStitch.Kernels;
using CrossStitch.Training;

namespace CrossStitch.Optimizers;

/// <summary>Stochastic gradient descent with momentum (Sutskever et al., 2013).</summary>
internal sealed unsafe class Sgd(TrainingOptions options, NetworkEngine engine) : Optimizer("sgd 1", states: 1, options, engine)
{
    /// <inheritdoc/>
    private protected override void Update(float* parameter, float* gradient, long count, int place, double rate, double decay, double scale) =>
        SgdKernel.Step(parameter, gradient, State(0, place), count, (float)rate, (float)Options.Momentum, (float)decay, (float)scale);
}
