using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Torch.Towers;
using CrossStitch.Towers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CrossStitch.Torch.Engines;

/// <summary>A network's formulas on tensors. All tensors but those of modules live in the dispose scope of the call.</summary>
internal sealed class TensorNetwork : IDisposable
{
    private readonly Network _network;
    private readonly Device _device;
    private readonly WeightRelation? _relation;
    private readonly TowerModule?[][] _modules;
    private readonly HashSet<int> _elsewhere;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">Which.</param>
    /// <param name="device">Where it is computed.</param>
    /// <exception cref="CrossStitchException">A stage is of an unknown kind.</exception>
    public TensorNetwork(Network network, Device device)
    {
        (_network, _device) = (network, device);
        var (description, shape) = (network.Description, network.Description.Shape);
        _relation = description.Relation is null ? null : new WeightRelation(description);
        var unknown = shape.Stages.FirstOrDefault(stage => stage is not (ConvolutionStage or DenseStage or ModuleStage));
        if (unknown is not null)
        {
            throw new CrossStitchException($"Stage '{unknown.Name}': {nameof(TorchEngine)} knows nothing of a {unknown.GetType().Name}; it computes {nameof(ConvolutionStage)}, {nameof(DenseStage)} and what derives from {nameof(ModuleStage)}.");
        }

        var (inputs, outputs) = (shape.StageInputs(), shape.StageOutputs());
        _modules = [.. Enumerable.Range(0, description.Groups.Count).Select(tower => shape.Stages.Select((stage, i) => stage is ModuleStage module
            ? new TowerModule(module, ParameterNames.Stage(tower, stage.Name), inputs[i], outputs[i], network.Parameters, device)
            : null).ToArray())];
        _elsewhere = [.. Modules.SelectMany(module => module.Places), .. (description.Stitches?.Blocks(description) ?? []).Select(block => network.Parameters.PlaceOf(block.Name))];
    }

    private IEnumerable<TowerModule> Modules => _modules.SelectMany(tower => tower).OfType<TowerModule>();

    /// <summary>
    /// The network's parameters as they are now, block by block: copies, and where modules have them, the modules' own. None
    /// for statistics, nor for a mixing's, which <see cref="Alphas"/> are made of.
    /// </summary>
    /// <param name="learned">Whether autograd computes gradients by them, and modules learn.</param>
    public Tensor?[] Parameters(bool learned)
    {
        var parameters = _network.Parameters;
        Tensor?[] tensors = [.. parameters.Blocks.Select((block, i) => _elsewhere.Contains(i) ? null : TensorMemory.Copy(parameters.Numbers(i), block.Shape, _device, learned))];
        foreach (var module in Modules)
        {
            module.Take(parameters, learned);
            foreach (var (place, parameter) in module.Parameters)
            {
                tensors[place] = parameter;
            }
        }

        return tensors;
    }

    /// <summary>α of the mixing after every stage, [towers, towers, channels], worked out by the mixing itself; nothing where towers do not mix.</summary>
    /// <param name="learned">Whether autograd computes gradients by it.</param>
    public Tensor[] Alphas(bool learned)
    {
        var description = _network.Description;
        var towers = description.Groups.Count;
        return description.Stitches is null ? [] : [.. description.Shape.StageOutputs().Select((output, stage) => TensorMemory.Copy(_network.Alpha(stage), [towers, towers, output[0]], _device, learned))];
    }

    /// <summary>What the network predicts: [batch, outputs] a task.</summary>
    /// <param name="parameters">Of <see cref="Parameters"/>.</param>
    /// <param name="alphas">Of <see cref="Alphas"/>.</param>
    /// <param name="input">[batch, ...].</param>
    public Tensor[] Outputs(Tensor?[] parameters, Tensor[] alphas, Tensor input)
    {
        var description = _network.Description;
        var features = Enumerable.Repeat(input, description.Groups.Count).ToArray();
        foreach (var (i, stage) in description.Shape.Stages.Index())
        {
            features = [.. features.Select((feature, tower) => _modules[tower][i] is { } module
                ? module.Forward(feature)
                : Activation(stage, feature, Block($"{ParameterNames.Stage(tower, stage.Name)}.weight"), Block($"{ParameterNames.Stage(tower, stage.Name)}.bias")))];
            if (alphas.Length > 0)
            {
                features = Mix(alphas[i], features);
            }
        }

        return [.. description.Tasks.Select((task, t) => functional.linear(
            features[description.TowerOf(t)].flatten(1), Block($"{ParameterNames.Head(task.Name)}.weight"), Block($"{ParameterNames.Head(task.Name)}.bias")))];

        Tensor Block(string name) => parameters[_network.Parameters.PlaceOf(name)]!;
    }

    /// <summary>The penalty λ_w Ω of the weight relation (eq. 6), a scalar; null where the weights are free.</summary>
    /// <param name="parameters">Of <see cref="Parameters"/>.</param>
    public Tensor? Penalty(Tensor?[] parameters) => _relation is null
        ? null
        : stack([.. Enumerable.Range(0, _relation.Terms).Select(term => Penalize(_relation.Options.Penalty, SquaredDistance(parameters, term)))])
            .sum().Times(_relation.Options.Weight);

    /// <summary>Gives what modules have kept of the last batch to the network's parameters.</summary>
    public void GiveStatistics()
    {
        foreach (var module in Modules)
        {
            module.GiveStatistics(_network.Parameters);
        }
    }

    public void Dispose()
    {
        foreach (var module in Modules)
        {
            module.Dispose();
        }
    }

    private static Tensor Activation(TowerStage stage, Tensor input, Tensor weight, Tensor bias)
    {
        if (stage is not ConvolutionStage convolution)
        {
            return functional.relu(functional.linear(input.flatten(1), weight, bias));
        }

        var activation = functional.relu(functional.conv2d(input, weight, bias));
        return convolution.Pool ? functional.max_pool2d(activation, 2) : activation;
    }

    /// <summary>Every tower's activation as a mix of all: <c>x̃_i = Σ_j α_ij x_j</c> (eq. 3).</summary>
    private static Tensor[] Mix(Tensor alpha, Tensor[] inputs)
    {
        long[] perChannel = [1, -1, .. Enumerable.Repeat(1L, (int)inputs[0].dim() - 2)];
        return [.. inputs.Select((_, to) => inputs
            .Select((input, from) => alpha.select(0, to).select(0, from).view(perChannel).mul(input))
            .Aggregate((sum, term) => sum.Plus(term)))];
    }

    private Tensor SquaredDistance(Tensor?[] parameters, int term)
    {
        var (_, _, firstName, secondName) = _relation!.Term(term);
        var first = Block(firstName);
        var mapped = _relation.Options.Penalty.HasMap
            ? Block(ParameterNames.Scale).flatten().select(0, term).mul(first).Plus(Block(ParameterNames.Shift).flatten().select(0, term))
            : first;
        return mapped.sub(Block(secondName)).Squared().sum();

        Tensor Block(string name) => parameters[_network.Parameters.PlaceOf(name)]!;
    }

    private static Tensor Penalize(RelationPenalty penalty, Tensor squaredDistance)
    {
        if (penalty == RelationPenalty.Squared)
        {
            return squaredDistance;
        }

        if (penalty != RelationPenalty.Exponential && penalty != RelationPenalty.AffineExponential)
        {
            // The value that the penalty gives, with its slope as the gradient by the squared distance.
            var value = penalty.Penalize(squaredDistance.item<float>(), out var slope);
            return squaredDistance.sub(squaredDistance.detach()).Times(slope).Minus(-value);
        }

        // One branch would do for the value, but not for the gradient: where() multiplies the branch not taken by
        // zero, and zero times an infinite exponential is no number. The clamp keeps that branch finite; at the limit
        // itself only the clamp has a slope, for that of relu at zero is zero.
        var near = squaredDistance.AtMost(RelationPenalty.ExponentLimit).expm1();
        var beyond = functional.relu(squaredDistance.Minus(RelationPenalty.ExponentLimit)).Times(Math.Exp(RelationPenalty.ExponentLimit));
        return near.Plus(beyond);
    }
}
