using CrossStitch.Kernels;
using CrossStitch.Parameters;
using CrossStitch.Torch.Engines;
using CrossStitch.Towers;
using static TorchSharp.torch;

namespace CrossStitch.Torch.Towers;

/// <summary>
/// A TorchSharp module as a stage of a tower: derive from it, say what module and what shape comes out, and
/// <see cref="TorchEngine"/> trains towers of it, mixed and related as any. The module's named parameters and buffers
/// become blocks of the network's parameters, <c>tower0.STAGE.NAME</c>, so that optimisers, checkpoints and averages
/// have all of them: parameters with the role <see cref="ParameterRole.Weights"/>, or <c>frozen</c> where they ask for no
/// gradient; persistent buffers, such as the running means of batch normalisation, as <see cref="ParameterRole.Statistics"/>.
/// The module learns in its training mode and predicts in its evaluation mode. What it draws at random while it computes, as
/// dropout does, comes from TorchSharp's own generator, which no checkpoint holds.
/// </summary>
/// <remarks>
/// Tensors that the module makes are held while it computes. Numbers are not: TorchSharp turns the 2 in <c>x * 2</c>, and the
/// hidden 1 in <c>x + y</c>, into a <see cref="TorchSharp.Scalar"/> that the garbage collector may free before libtorch has read
/// it. Keep a scalar in a field of the module, <c>private readonly Scalar _one = 1</c>, and hand it over: <c>x.add(y, _one)</c>.
/// Of TorchSharp 0.107's own modules CELU, ELU, Hardshrink, Hardtanh, LeakyReLU, Mish, Softplus, Softshrink, Softsign and
/// Threshold make such scalars, and batch normalisation without momentum; with momentum its batches are counted by the engine.
/// </remarks>
/// <param name="Name">Unique in its tower.</param>
public abstract record ModuleStage(string Name) : TowerStage(Name)
{
    private static readonly ParameterRole Frozen = new("frozen", IsLearned: false);

    /// <summary>The generator that modules draw their first weights from is one for the whole process.</summary>
    private static readonly Lock Generator = new();

    /// <summary>Makes the module: of the same structure at each call, with first weights from TorchSharp's generator or from wherever it likes.</summary>
    /// <param name="input">Shape of the input for one example; the module sees [batch, ...] of it, and gives [batch, ...] of <see cref="TowerStage.OutputShape"/>.</param>
    public abstract nn.Module<Tensor, Tensor> CreateModule(IReadOnlyList<int> input);

    /// <summary>The module's parameters, then its persistent buffers. Whole numbers among the buffers are kept as floats.</summary>
    /// <inheritdoc/>
    /// <exception cref="CrossStitchException">A parameter is of another type than float32, or a buffer of one that floats cannot hold.</exception>
    public sealed override IReadOnlyList<ParameterBlock> Blocks(string prefix, IReadOnlyList<int> input)
    {
        using var scope = NewDisposeScope();
        using var module = Create(input);
        return [.. Tensors(module, prefix).Select(tensor => tensor.Block)];
    }

    /// <summary>What the module itself begins with, where TorchSharp's generator is seeded from the stage's stream.</summary>
    /// <inheritdoc/>
    public sealed override void Initialize(ParameterSet parameters, string prefix, IReadOnlyList<int> input, SeededRandom random)
    {
        using var scope = NewDisposeScope();
        using var module = Create(input, seed: (long)(random.NextBits() >> 1));
        foreach (var (tensor, block) in Tensors(module, prefix))
        {
            var floats = tensor.to(float32);
            if (tensor.is_integral() && !floats.to(tensor.dtype).eq(tensor).all().item<bool>())
            {
                throw new CrossStitchException($"Stage '{Name}': the buffer '{block.Name}' holds whole numbers too large for a float; register it as not persistent if it never changes.");
            }

            floats.CopyTo(parameters[block.Name]);
        }
    }

    /// <summary>Makes the module, by itself even where other threads make some too.</summary>
    /// <param name="input">Shape of the input for one example.</param>
    /// <param name="seed">Of TorchSharp's generator; null to leave it as it is.</param>
    internal nn.Module<Tensor, Tensor> Create(IReadOnlyList<int> input, long? seed = null)
    {
        lock (Generator)
        {
            if (seed is { } given)
            {
                manual_seed(given).Dispose();
            }

            return CreateModule(input);
        }
    }

    /// <summary>The tensors of a module that are part of the network, each with its block.</summary>
    /// <param name="module">Of <see cref="Create"/>.</param>
    /// <param name="prefix">What the names of the stage's blocks begin with.</param>
    internal IEnumerable<(Tensor Tensor, ParameterBlock Block)> Tensors(nn.Module<Tensor, Tensor> module, string prefix)
    {
        foreach (var (name, parameter) in module.named_parameters())
        {
            Require(parameter.dtype == ScalarType.Float32, name, parameter);
            yield return (parameter, Block(name, parameter, parameter.requires_grad ? ParameterRole.Weights : Frozen));
        }

        foreach (var (name, buffer) in module.named_buffers())
        {
            Require(buffer.dtype == ScalarType.Float32 || buffer.is_integral() || buffer.dtype == ScalarType.Bool, name, buffer);
            yield return (buffer, Block(name, buffer, ParameterRole.Statistics));
        }

        ParameterBlock Block(string name, Tensor tensor, ParameterRole role) => new($"{prefix}.{name}", [.. tensor.shape.Select(side => checked((int)side))], role);

        void Require(bool holds, string name, Tensor tensor)
        {
            if (!holds)
            {
                throw new CrossStitchException($"Stage '{Name}': '{name}' of its module is of {tensor.dtype}; a network's parameters are of Float32.");
            }
        }
    }
}
