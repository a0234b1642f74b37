using CrossStitch.Kernels.Heads;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Tasks;

/// <summary>
/// Something to learn: a name, the width of its linear head, a loss, and a weight λ in the joint loss (eq. 1, 2 and 8).
/// A task of your own derives from this and needs no tensor library: its loss is a value and a gradient on spans, which
/// <see cref="GradientCheck"/> holds against finite differences.
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

    /// <summary>What the head predicts before it has learned anything: [outputs], its first biases; zeros by default.</summary>
    public virtual IReadOnlyList<float> FirstOutput => new float[Outputs];

    /// <inheritdoc/>
    /// <exception cref="CrossStitchException">The label is impossible.</exception>
    public abstract bool HasLabel(ReadOnlySpan<float> label);

    /// <inheritdoc/>
    public abstract double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient);
}
