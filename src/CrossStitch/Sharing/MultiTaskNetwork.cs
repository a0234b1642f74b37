using CrossStitch.Engines;
using CrossStitch.Relations;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CrossStitch.Sharing;

/// <summary>
/// A network for several tasks: a tower for each group of tasks, a linear head for each task, and what the towers share.
/// It maps a batch of inputs to one output a task, in the order of <see cref="Tasks"/>.
/// </summary>
public abstract class MultiTaskNetwork : Module<Tensor, Tensor[]>
{
    /// <summary>Small, so that heads begin near <see cref="LearningTask.FirstOutput"/> and gradients do not begin with a blow.</summary>
    private const double HeadGain = 0.01;

    private readonly ModuleList<Tower> _towers;
    private readonly ModuleList<Linear> _heads;
    private readonly WeightRelation? _relation;
    private FusedEngine? _engine;

    /// <summary>Builds towers and heads.</summary>
    /// <param name="name">Name of the architecture.</param>
    /// <param name="shape">What each tower is made of.</param>
    /// <param name="groups">The groups of tasks, one a tower.</param>
    /// <param name="seed">Where the first weights come from; tower 0 and its heads are the same in every network.</param>
    /// <param name="relation">How the towers' weights are tied, if they are; they then start from the same weights.</param>
    /// <exception cref="CrossStitchException">There is no task, two tasks share a name, or the shape is impossible.</exception>
    protected MultiTaskNetwork(string name, TowerShape shape, IReadOnlyList<TaskGroup> groups, long seed, WeightRelationOptions? relation)
        : base(name)
    {
        Validate(groups, relation);
        Groups = groups;
        Tasks = [.. groups.SelectMany(group => group.Tasks)];
        var towers = new List<Tower>();
        var heads = new List<Linear>();
        for (var i = 0; i < groups.Count; i++)
        {
            using var generator = new Generator(unchecked((ulong)SeedSequence.Mix(seed, i)));
            towers.Add(new Tower(shape, generator));
            heads.AddRange(groups[i].Tasks.Select(task => BuildHead(towers[^1].Features, task, generator)));
        }

        _towers = new ModuleList<Tower>([.. towers]);
        _heads = new ModuleList<Linear>([.. heads]);
        if (relation is not null)
        {
            foreach (var tower in towers.Skip(1))
            {
                tower.CopyFrom(towers[0]);
            }

            _relation = new WeightRelation(towers, relation);
        }
    }

    /// <summary>The groups of tasks, one a tower.</summary>
    public IReadOnlyList<TaskGroup> Groups { get; }

    /// <summary>All tasks, group by group: the order of the outputs. The first is the main task.</summary>
    public IReadOnlyList<LearningTask> Tasks { get; }

    /// <summary>The towers, one a group.</summary>
    public IReadOnlyList<Tower> Towers => [.. _towers];

    /// <summary>The heads, one a task.</summary>
    public IReadOnlyList<Linear> Heads => [.. _heads];

    /// <summary>The cross-stitch units, one a stage; empty where the towers have none.</summary>
    public virtual IReadOnlyList<CrossStitchUnit> Stitches => [];

    /// <summary>How the towers' weights are tied, or null.</summary>
    public WeightRelation? Relation => _relation;

    /// <summary>Maps [batch, channels, height, width] to one output a task: [batch, outputs].</summary>
    /// <param name="input">The input.</param>
    public sealed override Tensor[] forward(Tensor input)
    {
        var features = _engine is not null && FusedEngine.Takes(input) ? _engine.Features(input) : Features(input);
        var outputs = new Tensor[Tasks.Count];
        var task = 0;
        for (var group = 0; group < Groups.Count; group++)
        {
            for (var i = 0; i < Groups[group].Tasks.Count; i++, task++)
            {
                outputs[task] = _heads[task].call(features[group]);
            }
        }

        return outputs;
    }

    /// <summary>The penalty λ_w Ω of the weight relation (eq. 5 and 6), or null where the weights are not tied.</summary>
    public Tensor? Penalty()
    {
        var towers = Towers;
        return _engine is not null && FusedEngine.Takes(towers[0].Layers[0].Weight) ? _relation?.PenaltyByKernels(towers) : _relation?.Penalty(towers);
    }

    /// <summary>
    /// Chooses what computes the towers; <see cref="EngineKind.Eager"/> until then. Parameters and results are the same
    /// to rounding. The fused engine computes no gradient of the input, and leaves inputs that are no 32-bit floats on the
    /// CPU to the modules.
    /// </summary>
    /// <param name="engine">Which; automatic is fused, but for networks that share in a way of their own.</param>
    /// <param name="threads">Threads of the fused engine, at least 1; the same number gives the same bits.</param>
    /// <exception cref="CrossStitchException">Fused, and the network shares in a way of its own.</exception>
    public void UseEngine(EngineKind engine, int threads = 1)
    {
        var covered = FusedEngine.Covers(this);
        if (engine == EngineKind.Fused && !covered)
        {
            throw new CrossStitchException($"The fused engine computes towers with or without cross-stitch units, and knows nothing of a {GetType().Name}; use the eager engine.");
        }

        _engine?.Dispose();
        _engine = engine == EngineKind.Eager || !covered ? null : new FusedEngine(this, threads);
    }

    /// <summary>The fused engine, where it is chosen.</summary>
    internal FusedEngine? Engine => _engine;

    /// <summary>All parameters, role by role.</summary>
    internal IEnumerable<Parameter> ParametersByRole() => Enum.GetValues<ParameterRole>().SelectMany(ParametersOf);

    /// <summary>The parameters of one role.</summary>
    /// <param name="role">Which.</param>
    public IReadOnlyList<Parameter> ParametersOf(ParameterRole role) => role switch
    {
        ParameterRole.Weights => [.. _towers.parameters(), .. _heads.parameters()],
        ParameterRole.Stitches => [.. Stitches.Select(unit => unit.Alpha)],
        ParameterRole.Relation => _relation is null ? [] : [.. _relation.parameters()],
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>The last features of every tower: [batch, features] each.</summary>
    /// <param name="input">The input.</param>
    protected virtual Tensor[] Features(Tensor input) => [.. _towers.Select(tower => tower.call(input))];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _engine?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Linear BuildHead(int features, LearningTask task, Generator generator)
    {
        var head = Linear(features, task.Outputs);
        using var _ = no_grad();
        using var weight = Initialization.HeUniform([task.Outputs, features], generator, HeadGain);
        using var bias = tensor(task.FirstOutput.ToArray());
        head.weight!.copy_(weight);
        head.bias!.copy_(bias);
        return head;
    }

    private static void Validate(IReadOnlyList<TaskGroup> groups, WeightRelationOptions? relation)
    {
        if (groups.Count == 0 || groups.Any(group => group.Tasks.Count == 0))
        {
            throw new CrossStitchException("A network needs at least one group of tasks, and each group at least one task.");
        }

        var twice = groups.SelectMany(group => group.Tasks).GroupBy(task => task.Name).FirstOrDefault(tasks => tasks.Count() > 1);
        if (twice is not null)
        {
            throw new CrossStitchException($"Two tasks are called '{twice.Key}'; give each its own name.");
        }

        if (relation is not null && groups.Count < 2)
        {
            throw new CrossStitchException("A weight relation ties the weights of towers to each other, so it needs at least two groups of tasks.");
        }
    }
}
