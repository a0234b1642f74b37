using CrossStitch.Sharing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CrossStitch.Training;

/// <summary>How gradients become steps: the parameters of a network, grouped by role.</summary>
internal abstract class TrainingOptimizer : IDisposable
{
    /// <summary>The optimiser that options ask for: by the kernels where parameters are 32-bit floats on the CPU, else TorchSharp's.</summary>
    /// <param name="options">Which, and how.</param>
    /// <param name="groups">The parameters of each role.</param>
    public static TrainingOptimizer Create(TrainingOptions options, IReadOnlyList<(ParameterRole Role, IReadOnlyList<Parameter> Parameters)> groups) =>
        !groups.SelectMany(group => group.Parameters).All(IsPlain) ? new LibraryOptimizer(options, groups) : options.Optimizer switch
        {
            OptimizerKind.Adam => new KernelAdam(options, groups),
            OptimizerKind.Sgd => new KernelSgd(options, groups),
            _ => new LibraryOptimizer(options, groups),
        };

    /// <summary>Forgets the gradients.</summary>
    public abstract void ZeroGradients();

    /// <summary>Takes a step.</summary>
    /// <param name="rateOf">The learning rate of each role.</param>
    public abstract void Step(Func<ParameterRole, double> rateOf);

    /// <summary>Writes what the next steps depend on.</summary>
    /// <param name="writer">Where to.</param>
    public abstract void Save(BinaryWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="CrossStitchException">It is of another optimiser or network.</exception>
    public abstract void Load(BinaryReader reader);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Weights and biases decay; α, a and b never do.</summary>
    /// <param name="options">The options.</param>
    /// <param name="role">Whose.</param>
    protected static double DecayOf(TrainingOptions options, ParameterRole role) => role == ParameterRole.Weights ? options.WeightDecay : 0;

    private static bool IsPlain(Parameter parameter) => parameter.device_type == DeviceType.CPU && parameter.dtype == ScalarType.Float32 && parameter.is_contiguous();
}
