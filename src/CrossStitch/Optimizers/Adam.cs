using CrossStitch.Engines;
using CrossStitch.Kernels;
using CrossStitch.Training;

namespace CrossStitch.Optimizers;

/// <summary>Adam (Kingma and Ba, 2015).</summary>
internal sealed unsafe class Adam(TrainingOptions options, NetworkEngine engine) : Optimizer("adam 1", states: 2, options, engine)
{
    /// <inheritdoc/>
    internal override string? FirstImpossible() => base.FirstImpossible() ?? FirstNegative(1);

    /// <inheritdoc/>
    private protected override void Update(float* parameter, float* gradient, long count, int place, double rate, double decay, double scale) =>
        AdamKernel.Step(parameter, gradient, State(0, place), State(1, place), count, new AdamStep(Steps, rate, decay, scale));
}
