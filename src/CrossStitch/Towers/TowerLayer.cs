using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CrossStitch.Towers;

/// <summary>The module built from one <see cref="TowerStage"/>.</summary>
public sealed class TowerLayer : Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;

    internal TowerLayer(TowerStage stage, IReadOnlyList<int> inputShape, Generator generator)
        : base(stage.Name)
    {
        Stage = stage;
        var inputs = inputShape.Aggregate(1, (product, side) => product * side);
        long[] shape = stage switch
        {
            ConvolutionStage c => [c.Channels, inputShape[0], c.Kernel, c.Kernel],
            DenseStage d => [d.Features, inputs],
            _ => throw new CrossStitchException($"Stage '{stage.Name}': a {stage.GetType().Name} is not a stage that a tower knows how to build."),
        };
        _weight = Initialization.HeUniform(shape, generator);
        _bias = Initialization.Zeros(shape[0]);
        RegisterComponents();
    }

    /// <summary>What the layer was built from.</summary>
    public TowerStage Stage { get; }

    /// <summary>Weights: [out, in, kernel, kernel] of a convolution, [out, in] of a dense stage.</summary>
    public Parameter Weight => _weight;

    /// <summary>Biases: [out].</summary>
    public Parameter Bias => _bias;

    /// <summary>Maps [batch, channels, height, width] (or [batch, features]) to the stage's output.</summary>
    /// <param name="input">The input.</param>
    public override Tensor forward(Tensor input)
    {
        if (Stage is ConvolutionStage convolution)
        {
            var activation = functional.relu(functional.conv2d(input, _weight, _bias));
            return convolution.Pool ? functional.max_pool2d(activation, 2) : activation;
        }

        return functional.relu(functional.linear(input.flatten(1), _weight, _bias));
    }
}
