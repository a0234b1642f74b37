using CrossStitch.Kernels.Models;
using CrossStitch.Tasks;

namespace CrossStitch.Tenants.Tests;

/// <summary>A task with a loss and a score of its own: ordered classes, predicted by one number, with a loss that forgives half a class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Classes">How many classes.</param>
/// <param name="Weight">λ.</param>
internal sealed record RingTask(string Name, int Classes, double Weight) : LearningTask(Name, 1, Weight)
{
    private const double Forgiven = 0.5;

    public override int LabelWidth => 1;

    public override HeadKind ExportKind => HeadKind.Regression;

    public override TaskScore Scored => new("steps", "steps off", HigherIsBetter: false, IsShare: false);

    public override IReadOnlyList<string> OutputNames => ["class"];

    public override bool HasLabel(ReadOnlySpan<float> label) => label[0] >= 0 && label[0] < Classes
        ? true
        : throw new CrossStitchException($"An example has class {label[0]} for task '{Name}', which has classes 0 to {Classes - 1}.");

    public override double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
    {
        var off = (double)output[0] - label[0];
        var beyond = Math.Max(0, Math.Abs(off) - Forgiven);
        gradient[0] = (float)(2 * beyond * Math.Sign(off));
        return beyond * beyond;
    }

    public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label) =>
        Math.Abs(Math.Clamp(Math.Round(output[0]), 0, Classes - 1) - label[0]);
}
