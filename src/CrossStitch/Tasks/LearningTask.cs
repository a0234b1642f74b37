using CrossStitch.Kernels.Heads;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Tasks;

/// <summary>
/// Something to learn: a name, the width of its linear head, a loss, a weight λ in the joint loss (eq. 1, 2 and 8), and a
/// score for people. A task of your own derives from this and needs no tensor library: its loss is a value and a gradient
/// on spans, which <see cref="GradientCheck"/> holds against finite differences.
/// </summary>
/// <param name="Name">Unique among the tasks of a network; the key of its labels and outputs.</param>
/// <param name="Outputs">Width of the head.</param>
/// <param name="Weight">λ: the loss's factor in the joint loss.</param>
public abstract record LearningTask(string Name, int Outputs, double Weight) : IHeadLoss
{
    /// <summary>How many numbers the label of an example has.</summary>
    public abstract int LabelWidth { get; }

    /// <summary>What the outputs mean to whoever runs an exported model.</summary>
    public abstract HeadKind ExportKind { get; }

    /// <summary>
    /// What each output is called, such as the classes' names: [outputs], which an exported model carries as its labels;
    /// empty, the default, for outputs without names.
    /// </summary>
    public virtual IReadOnlyList<string> OutputNames { get; init; } = [];

    /// <summary>What <see cref="Score"/> measures.</summary>
    public abstract TaskScore Scored { get; }

    /// <summary>What the head predicts before it has learned anything: [outputs], its first biases; zeros by default.</summary>
    public virtual IReadOnlyList<float> FirstOutput => new float[Outputs];

    /// <summary>What every number of a label is where an example has none; <see cref="HasLabel"/> is false of it. NaN by default.</summary>
    public virtual float MissingNumber => float.NaN;

    /// <inheritdoc/>
    /// <exception cref="CrossStitchException">The label is impossible.</exception>
    public abstract bool HasLabel(ReadOnlySpan<float> label);

    /// <inheritdoc/>
    public abstract double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient);

    /// <summary>How well an example was predicted, as <see cref="Scored"/> has it. The score of a set is the mean over its examples that have a label.</summary>
    /// <param name="output">[outputs], of one example.</param>
    /// <param name="label">[label width], of the same; <see cref="HasLabel"/> is true of it.</param>
    public abstract double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label);
}
