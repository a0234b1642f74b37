using CrossStitch.Kernels;
using CrossStitch.Sharing;
using CrossStitch.Towers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Engines;

/// <summary>
/// A network's towers and stitches run by the CPU kernels. To TorchSharp they are one autograd node from the input and
/// the parameters to the features, so heads, losses, relations and optimisers notice nothing.
/// </summary>
internal sealed unsafe class FusedEngine : IDisposable
{
    private readonly MultiTaskNetwork _network;
    private readonly TowerProgram _program;
    private readonly Parameter[] _parameters;
    private readonly bool _perChannel;
    private long _batches;

    /// <summary>Prepares the kernels.</summary>
    /// <param name="network">Whose towers; the caller keeps it.</param>
    /// <param name="threads">How many threads.</param>
    public FusedEngine(MultiTaskNetwork network, int threads)
    {
        _network = network;
        _program = new TowerProgram(ShapeOf(network), threads);
        _perChannel = network.Stitches.Count > 0 && network.Stitches[0].IsPerChannel;
        _parameters =
        [
            .. network.Towers.SelectMany(tower => tower.Layers).SelectMany(layer => new[] { layer.Weight, layer.Bias }),
            .. network.Stitches.Select(unit => unit.Alpha),
        ];
        Learning = FusedLearning.For(network, this);
    }

    /// <summary>What it computes with: weights and biases, stage by stage and tower by tower, then the units' α.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Its threads.</summary>
    public WorkerTeam Team => _program.Team;

    /// <summary>Features of an example in each tower.</summary>
    public int FeatureCount => _program.Features;

    /// <summary>Losses and gradients without autograd; null where a task is of a kind that the kernels do not know.</summary>
    public FusedLearning? Learning { get; }

    private int Stages => _program.Shape.Stages.Count;

    /// <summary>Whether a network is what the kernels compute: towers with or without cross-stitch units, and nothing else.</summary>
    /// <param name="network">The network.</param>
    public static bool Covers(MultiTaskNetwork network) => network is SingleTaskNetwork or SplitNetwork or CrossStitchNetwork or TiedTowersNetwork;

    /// <summary>Whether the kernels can take an input: 32-bit floats on the CPU.</summary>
    /// <param name="input">The input.</param>
    public static bool Takes(Tensor input) => input.device_type == TorchSharp.DeviceType.CPU && input.dtype == ScalarType.Float32;

    /// <summary>The last features of every tower: [batch, features] each.</summary>
    /// <param name="input">[batch, channels, height, width].</param>
    public Tensor[] Features(Tensor input)
    {
        using var contiguous = input.contiguous();
        var features = is_grad_enabled()
            ? FusedFunction.apply([this, contiguous, .. _parameters])
            : Forward(contiguous, keep: false);
        return [.. Enumerable.Range(0, _program.Shape.Towers).Select(tower => features[tower])];
    }

    /// <summary>Features [towers, batch, features], with the parameters as they are now.</summary>
    /// <param name="input">[batch, channels, height, width], contiguous.</param>
    /// <param name="keep">Whether <see cref="Backward"/> will follow.</param>
    public Tensor Forward(Tensor input, bool keep)
    {
        TakeParameters();
        var batch = (int)input.shape[0];
        var features = empty([_program.Shape.Towers, batch, _program.Features], dtype: float32);
        _program.Forward(input.Pointer(), batch, features.Pointer(), keep);
        _batches++;
        return features;
    }

    /// <summary>The number of the batch that was last computed.</summary>
    public long LastBatch => _batches;

    /// <summary>Gradients of the parameters, in the order in which the function takes them.</summary>
    /// <param name="gradient">Of the features: [towers, batch, features].</param>
    /// <param name="batch">The batch that they are of; if another one came in between, it is computed again.</param>
    /// <param name="input">That batch's input.</param>
    public List<Tensor> Backward(Tensor gradient, long batch, Tensor input)
    {
        if (batch != _batches)
        {
            Forward(input, keep: true).Dispose();
        }

        using var contiguous = gradient.contiguous();
        _program.Backward(contiguous.Pointer());
        var gradients = _parameters.Select(parameter => empty_like(parameter)).ToList();
        var pointers = stackalloc float*[gradients.Count];
        for (var i = 0; i < gradients.Count; i++)
        {
            pointers[i] = gradients[i].Pointer();
        }

        GetGradients(pointers);
        return gradients;
    }

    /// <summary>Forward and backward in one, without autograd.</summary>
    /// <param name="input">[batch, channels, height, width], contiguous.</param>
    /// <param name="loss">Heads and losses.</param>
    /// <param name="gradients">Where the gradients of <see cref="Parameters"/> go.</param>
    public void Learn(Tensor input, IFeatureLoss loss, float** gradients)
    {
        TakeParameters();
        _program.Learn(input.Pointer(), (int)input.shape[0], loss);
        _batches++;
        GetGradients(gradients);
    }

    public void Dispose()
    {
        Learning?.Dispose();
        _program.Dispose();
    }

    private void GetGradients(float** gradients)
    {
        _program.GetGradients(gradients);
        for (var stage = 0; stage < _network.Stitches.Count; stage++)
        {
            _program.GetAlphaGradient(stage, gradients[(2 * _program.Shape.Towers * Stages) + stage], _perChannel);
        }
    }

    /// <summary>Hands the parameters as they are now to the kernels.</summary>
    private void TakeParameters()
    {
        var pointers = stackalloc float*[2 * _program.Shape.Towers * Stages];
        for (var i = 0; i < 2 * _program.Shape.Towers * Stages; i++)
        {
            pointers[i] = _parameters[i].Pointer();
        }

        _program.SetParameters(pointers);
        for (var stage = 0; stage < _network.Stitches.Count; stage++)
        {
            _program.SetAlpha(stage, _network.Stitches[stage].Alpha.Pointer(), _perChannel);
        }
    }

    /// <summary>The kernels' view of a network.</summary>
    /// <param name="network">Which.</param>
    /// <exception cref="CrossStitchException">A stage has no kernel.</exception>
    internal static KernelShape ShapeOf(MultiTaskNetwork network)
    {
        var shape = network.Towers[0].Shape;
        var outputs = shape.StageOutputs();
        var stages = shape.Stages.Select((stage, i) =>
        {
            var input = i == 0 ? shape.Input : outputs[i - 1];
            return stage switch
            {
                ConvolutionStage c => new KernelStage(c.Channels, c.Kernel, c.Kernel, c.Pool),

                // A dense stage is the convolution that sees its whole input at once.
                DenseStage d => new KernelStage(d.Features, input.Count == 3 ? input[1] : 1, input.Count == 3 ? input[2] : 1, Pool: false),
                _ => throw new CrossStitchException($"Stage '{stage.Name}': the fused engine has no kernel for a {stage.GetType().Name}; use the eager engine."),
            };
        });
        return new KernelShape(shape.Input[0], shape.Input[1], shape.Input[2], [.. stages], network.Towers.Count, network.Stitches.Count > 0);
    }
}
