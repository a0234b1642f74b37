using System.Globalization;
using System.Text.Json;
using CrossStitch.Parameters;

namespace CrossStitch.Training;

/// <summary>How a network is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>The most epochs that can be asked for.</summary>
    public const int MostEpochs = 1_000_000;

    /// <summary>The highest learning rate, and weight decay, that can be asked for.</summary>
    public const double MostRate = 1000;

    /// <summary>The highest factor on a learning rate that can be asked for.</summary>
    public const double MostFactor = 1_000_000;

    /// <summary>Passes over the training examples; 30 by default.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Examples a step; 128 by default.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>How gradients become steps; Adam by default.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The highest learning rate; 0.01 by default.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>How the learning rate moves; one cycle by default.</summary>
    public LearningRateSchedule Schedule { get; init; } = new();

    /// <summary>Momentum of <see cref="OptimizerKind.Sgd"/>; 0.9 by default.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>L2 decay of weights and biases (never of α, a or b); 0 by default.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Largest norm of the whole gradient; a longer one is shortened to it. 0.2 by default; 0 for no limit. The exponential
    /// penalty of a weight relation is a wall: one step into it would otherwise fill Adam's memory for a thousand steps.
    /// </summary>
    public double GradientClip { get; init; } = 0.2;

    /// <summary>Factor on the learning rate of α (section 6.4); 1 by default.</summary>
    public double StitchRate { get; init; } = 1;

    /// <summary>Factor on the learning rate of a and b (section 6.4); 1 by default.</summary>
    public double RelationRate { get; init; } = 1;

    /// <summary>
    /// Epochs without a better validation loss of the main task after which training stops and the best weights are
    /// taken back; 0, the default, never stops early and keeps the last weights.
    /// </summary>
    public int Patience { get; init; }

    /// <summary>
    /// How much of the moving average of the parameters stays at each step: what is measured and kept is the average; 0, the
    /// default, for no average. See <see cref="WeightAverage"/>.
    /// </summary>
    public double AverageDecay { get; init; }

    /// <summary>The factor on the learning rate of one role's parameters; 1 of a role that no option names.</summary>
    /// <param name="role">Which.</param>
    public double RateOf(ParameterRole role) =>
        role == ParameterRole.Stitches ? StitchRate
        : role == ParameterRole.Relation ? RelationRate
        : 1;

    /// <summary>Checks every option.</summary>
    /// <exception cref="CrossStitchException">One is out of its range; the message names it.</exception>
    public void Validate()
    {
        Require(Epochs is >= 1 and <= MostEpochs, nameof(Epochs), $"from 1 to {MostEpochs}", Epochs);
        Require(BatchSize >= 1, nameof(BatchSize), "at least 1", BatchSize);
        Require(Enum.IsDefined(Optimizer), nameof(Optimizer), "adam or sgd", Optimizer);
        Require(LearningRate is > 0 and <= MostRate, nameof(LearningRate), $"above 0 and at most {MostRate}", LearningRate);
        Require(Momentum is >= 0 and < 1, nameof(Momentum), "at least 0 and below 1", Momentum);
        Require(WeightDecay is >= 0 and <= MostRate, nameof(WeightDecay), $"from 0 to {MostRate}", WeightDecay);
        Require(GradientClip >= 0 && double.IsFinite(GradientClip), nameof(GradientClip), "at least 0", GradientClip);
        Require(StitchRate is >= 0 and <= MostFactor, nameof(StitchRate), $"from 0 to {MostFactor}", StitchRate);
        Require(RelationRate is >= 0 and <= MostFactor, nameof(RelationRate), $"from 0 to {MostFactor}", RelationRate);
        Require(AverageDecay is >= 0 and < 1, nameof(AverageDecay), "at least 0 and below 1", AverageDecay);
        Require(Patience >= 0, nameof(Patience), "at least 0", Patience);
        Schedule.Validate();
    }

    private static void Require(bool holds, string option, string range, object value)
    {
        if (!holds)
        {
            throw new CrossStitchException(string.Create(CultureInfo.InvariantCulture, $"Training option {option} is {value}; it must be {range}."))
            {
                Setting = JsonNamingPolicy.CamelCase.ConvertName(option),
            };
        }
    }
}
