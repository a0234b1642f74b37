using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CrossStitch.Towers;

/// <summary>A feature extractor: the layers of a <see cref="TowerShape"/> one after the other.</summary>
public sealed class Tower : Module<Tensor, Tensor>
{
    private readonly ModuleList<TowerLayer> _layers;

    /// <summary>Builds a tower.</summary>
    /// <param name="shape">What it is made of.</param>
    /// <param name="generator">Where its first weights come from.</param>
    /// <exception cref="CrossStitchException">The shape is impossible.</exception>
    public Tower(TowerShape shape, Generator generator)
        : base("tower")
    {
        Shape = shape;
        var outputs = shape.StageOutputs();
        _layers = new ModuleList<TowerLayer>([.. shape.Stages.Select((stage, i) =>
            new TowerLayer(stage, i == 0 ? shape.Input : outputs[i - 1], generator))]);
        Features = outputs[^1].Aggregate(1, (product, side) => product * side);
        RegisterComponents();
    }

    /// <summary>What the tower is made of.</summary>
    public TowerShape Shape { get; }

    /// <summary>How many numbers an example becomes.</summary>
    public int Features { get; }

    /// <summary>The layers, from input to features.</summary>
    public IReadOnlyList<TowerLayer> Layers => [.. _layers];

    /// <summary>Maps [batch, channels, height, width] to [batch, features].</summary>
    /// <param name="input">The input.</param>
    public override Tensor forward(Tensor input)
    {
        foreach (var layer in _layers)
        {
            input = layer.call(input);
        }

        return input.flatten(1);
    }

    /// <summary>Takes over the weights of a tower of the same shape.</summary>
    /// <param name="other">Whose.</param>
    public void CopyFrom(Tower other)
    {
        using var _ = no_grad();
        foreach (var (mine, theirs) in parameters().Zip(other.parameters()))
        {
            mine.copy_(theirs);
        }
    }
}
