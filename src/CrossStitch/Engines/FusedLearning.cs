using CrossStitch.Kernels;
using CrossStitch.Kernels.Heads;
using CrossStitch.Kernels.Models;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Engines;

/// <summary>
/// The joint loss of a batch (eq. 1 and 5) and its gradients by the kernels from end to end, without autograd: what a
/// step of training needs, for tasks of the kinds that the kernels know. Losses and gradients are autograd's to rounding.
/// </summary>
internal sealed unsafe class FusedLearning : IDisposable
{
    private readonly MultiTaskNetwork _network;
    private readonly FusedEngine _engine;
    private readonly HeadLosses _losses;
    private readonly Tensor[] _gradients;
    private readonly Dictionary<Parameter, int> _places = new(ReferenceEqualityComparer.Instance);

    private FusedLearning(MultiTaskNetwork network, FusedEngine engine)
    {
        (_network, _engine) = (network, engine);
        _losses = new HeadLosses(engine.FeatureCount, network.Towers.Count, [.. HeadsOf(network)], engine.Team.Count);
        var parameters = network.ParametersByRole().ToList();
        _gradients = [.. parameters.Select(parameter => zeros_like(parameter, requires_grad: false).DetachFromDisposeScope())];
        for (var i = 0; i < parameters.Count; i++)
        {
            _places.Add(parameters[i], i);
        }
    }

    /// <summary>The gradients of the last batch's joint loss, in the order of <see cref="MultiTaskNetwork.ParametersByRole"/>.</summary>
    public IReadOnlyList<Tensor> Gradients => _gradients;

    /// <summary>The threads that compute them.</summary>
    public WorkerTeam Team => _engine.Team;

    /// <summary>Prepares it; null where a task is of a kind of its own.</summary>
    /// <param name="network">Whose loss; the caller keeps it.</param>
    /// <param name="engine">Its engine.</param>
    public static FusedLearning? For(MultiTaskNetwork network, FusedEngine engine) =>
        network.Tasks.All(task => task is RegressionTask or ClassificationTask) ? new FusedLearning(network, engine) : null;

    /// <summary>Whether a batch is of tensors as the kernels read them, and the parameters are.</summary>
    /// <param name="batch">The batch.</param>
    public bool Takes(Batch batch) =>
        FusedEngine.Takes(batch.Input)
        && _places.Keys.All(parameter => FusedEngine.Takes(parameter) && parameter.is_contiguous() && parameter.requires_grad)
        && _network.Tasks.All(task =>
            batch.Targets[task.Name] is { device_type: TorchSharp.DeviceType.CPU } target
            && target.dtype == (task is RegressionTask ? ScalarType.Float32 : ScalarType.Int64)
            && target.numel() == batch.Input.shape[0] * (task is RegressionTask ? task.Outputs : 1));

    /// <summary>Computes the losses and <see cref="Gradients"/>.</summary>
    /// <param name="batch">A batch that it <see cref="Takes"/>.</param>
    /// <returns>Each task's loss, then the penalty of the weight relation, then the joint loss.</returns>
    /// <exception cref="CrossStitchException">A class is none of its task's.</exception>
    public double[] Learn(Batch batch)
    {
        var tasks = _network.Tasks;
        var heads = _network.Heads;
        var parameters = stackalloc float*[2 * tasks.Count];
        var gradients = stackalloc float*[2 * tasks.Count];
        var targets = stackalloc void*[tasks.Count];
        var kept = new Tensor[tasks.Count + 1];
        for (var t = 0; t < tasks.Count; t++)
        {
            kept[t] = batch.Targets[tasks[t].Name].contiguous();
            targets[t] = kept[t].Pointer();
            parameters[2 * t] = heads[t].weight!.Pointer();
            parameters[(2 * t) + 1] = heads[t].bias!.Pointer();
            gradients[2 * t] = GradientOf(heads[t].weight!);
            gradients[(2 * t) + 1] = GradientOf(heads[t].bias!);
        }

        kept[^1] = batch.Input.contiguous();
        CheckClasses(kept);
        _losses.Begin((int)batch.Input.shape[0], parameters, targets);
        var ofEngine = stackalloc float*[_engine.Parameters.Count];
        for (var i = 0; i < _engine.Parameters.Count; i++)
        {
            ofEngine[i] = GradientOf(_engine.Parameters[i]);
        }

        _engine.Learn(kept[^1], _losses, ofEngine);
        _losses.Collect(gradients);
        Array.ForEach(kept, tensor => tensor.Dispose());
        double[] values = [.. _losses.Losses, AddPenalty(), 0];
        for (var t = 0; t < tasks.Count; t++)
        {
            values[^1] += tasks[t].Weight * values[t];
        }

        values[^1] += values[^2];
        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _losses.Dispose();
        foreach (var gradient in _gradients)
        {
            gradient.Dispose();
        }
    }

    private void CheckClasses(Tensor[] targets)
    {
        for (var t = 0; t < _network.Tasks.Count; t++)
        {
            if (_network.Tasks[t] is ClassificationTask task)
            {
                var classes = new ReadOnlySpan<long>(targets[t].Pointer(), (int)targets[t].numel());
                var example = classes.IndexOfAnyExceptInRange(ClassificationTask.Missing, task.Classes - 1);
                if (example >= 0)
                {
                    throw new CrossStitchException(
                        $"Example {example} of the batch has class {classes[example]} for task '{task.Name}', which has classes 0 to {task.Classes - 1}, and {ClassificationTask.Missing} for no label.");
                }
            }
        }
    }

    /// <summary>Adds the gradients of the penalty λ_w Ω (eq. 6 and 7), and gives its value.</summary>
    private double AddPenalty()
    {
        if (_network.Relation is not { } relation)
        {
            return 0;
        }

        var towers = _network.Towers;
        var penalties = new double[relation.Terms];
        _engine.Team.ForEach(relation.LayerNames.Count, layer =>
        {
            // Pairs of towers share weights: one after the other.
            for (var term = layer; term < relation.Terms; term += relation.LayerNames.Count)
            {
                penalties[term] = AddPenalty(relation, towers, term);
            }
        });
        return relation.Options.Weight * penalties.Sum();
    }

    private double AddPenalty(WeightRelation relation, IReadOnlyList<Tower> towers, int term)
    {
        var (first, second) = relation.WeightsOf(towers, term);
        var (scale, shift) = relation.MapOf(term);
        var squared = RelationKernel.SquaredDistance(first.Pointer(), second.Pointer(), first.numel(), scale, shift);
        var penalty = WeightRelation.Penalize(relation.Options.Penalty, squared, out var slope);
        var (byScale, byShift) = RelationKernel.AddGradient(
            first.Pointer(), second.Pointer(), first.numel(), scale, shift, (float)(relation.Options.Weight * slope), GradientOf(first), GradientOf(second));
        if (relation.Scale is not null)
        {
            GradientOf(relation.Scale)[term] = byScale;
            GradientOf(relation.Shift!)[term] = byShift;
        }

        return penalty;
    }

    private float* GradientOf(Parameter parameter) => _gradients[_places[parameter]].Pointer();

    private static IEnumerable<HeadTask> HeadsOf(MultiTaskNetwork network) =>
        from pair in network.Groups.Select((@group, tower) => (@group, tower))
        from task in pair.@group.Tasks
        select new HeadTask(pair.tower, task.Outputs, task is RegressionTask ? HeadKind.Regression : HeadKind.Classification, task.Weight);
}
