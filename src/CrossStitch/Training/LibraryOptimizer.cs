using CrossStitch.Sharing;
using TorchSharp.Modules;
using static TorchSharp.torch.nn.utils;

namespace CrossStitch.Training;

/// <summary>An optimiser of TorchSharp's, with a parameter group a role.</summary>
internal sealed class LibraryOptimizer : TrainingOptimizer
{
    private readonly TrainingOptions _options;
    private readonly OptimizerHelper _optimizer;
    private readonly ParameterRole[] _roles;
    private readonly Parameter[] _parameters;

    public LibraryOptimizer(TrainingOptions options, IReadOnlyList<(ParameterRole Role, IReadOnlyList<Parameter> Parameters)> groups)
    {
        _options = options;
        _roles = [.. groups.Select(group => group.Role)];
        _parameters = [.. groups.SelectMany(group => group.Parameters)];
        _optimizer = options.Optimizer switch
        {
            OptimizerKind.Adam => new Adam([.. groups.Select(group =>
                new Adam.ParamGroup(group.Parameters, lr: options.LearningRate, weight_decay: DecayOf(options, group.Role)))], options.LearningRate),
            OptimizerKind.Sgd => new SGD([.. groups.Select(group =>
                new SGD.ParamGroup(group.Parameters, lr: options.LearningRate, momentum: options.Momentum, weight_decay: DecayOf(options, group.Role)))], options.LearningRate),
            _ => throw new CrossStitchException($"'{options.Optimizer}' is not an optimiser."),
        };
    }

    public override void ZeroGradients() => _optimizer.zero_grad();

    public override void Step(Func<ParameterRole, double> rateOf)
    {
        foreach (var (group, role) in _optimizer.ParamGroups.Zip(_roles))
        {
            group.LearningRate = rateOf(role);
        }

        if (_options.GradientClip > 0)
        {
            clip_grad_norm_(_parameters, _options.GradientClip);
        }

        _optimizer.step();
    }

    public override void Save(BinaryWriter writer) => _optimizer.save_state_dict(writer);

    public override void Load(BinaryReader reader)
    {
        try
        {
            _optimizer.load_state_dict(reader);
        }
        catch (Exception error) when (error is ArgumentException or IOException)
        {
            throw new CrossStitchException("The checkpoint's optimiser is not the one of this training; use the recipe it was made with.", error);
        }
    }

    public override void Dispose()
    {
        _optimizer.Dispose();
        base.Dispose();
    }
}
