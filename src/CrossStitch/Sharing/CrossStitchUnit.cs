using CrossStitch.Engines;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CrossStitch.Sharing;

/// <summary>
/// A cross-stitch unit: every tower's activation becomes a learned linear mix of all towers' activations (eq. 3),
/// <c>x̃_i = Σ_j α_ij x_j</c>, and gradients flow back through the transpose (eq. 4). One T×T matrix a channel, or one
/// for the whole layer.
/// </summary>
public sealed class CrossStitchUnit : Module<Tensor[], Tensor[]>
{
    private readonly Parameter _alpha;

    /// <summary>Builds a unit.</summary>
    /// <param name="name">Of the stage that it follows.</param>
    /// <param name="towers">T, how many towers it mixes.</param>
    /// <param name="channels">Channels (or features) of the stage's output.</param>
    /// <param name="options">One matrix a channel or a layer, and its first values.</param>
    public CrossStitchUnit(string name, int towers, int channels, CrossStitchOptions options)
        : base(name)
    {
        IsPerChannel = options.PerChannel;
        var matrices = options.PerChannel ? channels : 1;
        using var start = full([towers, towers, matrices], options.Other, dtype: float32);
        for (var i = 0; i < towers; i++)
        {
            start[i, i] = options.Same;
        }

        _alpha = new Parameter(start.clone());
        RegisterComponents();
    }

    /// <summary>α: [towers, towers, channels], or [towers, towers, 1] of a unit a layer. α[i, j] is what tower i takes from tower j.</summary>
    public Parameter Alpha => _alpha;

    /// <summary>Whether there is one matrix a channel, not one for the layer.</summary>
    public bool IsPerChannel { get; }

    /// <summary>Mixes one activation a tower, each [batch, channels, ...], into as many of the same shape.</summary>
    /// <param name="inputs">The towers' activations.</param>
    public override Tensor[] forward(Tensor[] inputs)
    {
        long[] perChannel = [1, -1, .. Enumerable.Repeat(1L, (int)inputs[0].dim() - 2)];
        var outputs = new Tensor[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            outputs[i] = _alpha[i, 0].view(perChannel) * inputs[0];
            for (var j = 1; j < inputs.Length; j++)
            {
                outputs[i] = outputs[i].Plus(_alpha[i, j].view(perChannel) * inputs[j]);
            }
        }

        return outputs;
    }
}
