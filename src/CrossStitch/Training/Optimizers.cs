using CrossStitch.Sharing;
using TorchSharp.Modules;

namespace CrossStitch.Training;

/// <summary>Builds TorchSharp's optimisers with a parameter group a role.</summary>
internal static class Optimizers
{
    public static OptimizerHelper Create(TrainingOptions options, IReadOnlyList<(ParameterRole Role, IReadOnlyList<Parameter> Parameters)> groups)
    {
        double Decay(ParameterRole role) => role == ParameterRole.Weights ? options.WeightDecay : 0;
        return options.Optimizer switch
        {
            OptimizerKind.Adam => new Adam([.. groups.Select(group =>
                new Adam.ParamGroup(group.Parameters, lr: options.LearningRate, weight_decay: Decay(group.Role)))], options.LearningRate),
            OptimizerKind.Sgd => new SGD([.. groups.Select(group =>
                new SGD.ParamGroup(group.Parameters, lr: options.LearningRate, momentum: options.Momentum, weight_decay: Decay(group.Role)))], options.LearningRate),
            _ => throw new CrossStitchException($"'{options.Optimizer}' is not an optimiser."),
        };
    }
}
