using CrossStitch.Kernels.Models;
using CrossStitch.Tasks;

namespace OwnTask;

/// <summary>
/// A number to predict where some labels are wrong: the Huber loss, squared for small errors and linear for large ones,
/// so that no wrong label pulls harder than <paramref name="Width"/>. Its score is the plain error.
/// </summary>
/// <param name="Name">Unique among the tasks of a network.</param>
/// <param name="Width">The error from which the loss is linear.</param>
/// <param name="Weight">λ in the joint loss.</param>
internal sealed record HuberTask(string Name, double Width, double Weight = 1) : LearningTask(Name, Outputs: 1, Weight)
{
    /// <inheritdoc/>
    public override int LabelWidth => 1;

    /// <inheritdoc/>
    public override TaskScore Scored => TaskScore.Error;

    /// <inheritdoc/>
    public override HeadKind ExportKind => HeadKind.Regression;

    /// <inheritdoc/>
    public override bool HasLabel(ReadOnlySpan<float> label) => float.IsFinite(label[0]);

    /// <inheritdoc/>
    public override double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
    {
        var error = (double)output[0] - label[0];
        var distance = Math.Abs(error);
        gradient[0] = (float)Math.Clamp(error, -Width, Width);
        return distance <= Width ? error * error / 2 : Width * (distance - (Width / 2));
    }

    /// <inheritdoc/>
    public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label) => Math.Abs((double)output[0] - label[0]);
}
