using CrossStitch.Kernels.Models;
using CrossStitch.Tasks;

namespace CrossStitch.Tests.Tasks;

/// <summary>A task as a user writes one: the Huber loss (Huber, 1964), squared near the label and linear beyond.</summary>
internal sealed record HuberTask(string Name, int Outputs, double Weight = 1) : LearningTask(Name, Outputs, Weight)
{
    public override int LabelWidth => Outputs;

    public override TaskScore Scored => new("worst", "Worst error", HigherIsBetter: false, IsShare: false);

    public override HeadKind ExportKind => HeadKind.Regression;

    public override bool HasLabel(ReadOnlySpan<float> label) => float.IsFinite(label[0]);

    public override double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
        {
            var error = (double)output[i] - label[i];
            sum += Math.Abs(error) <= 1 ? error * error / 2 : Math.Abs(error) - 0.5;
            gradient[i] = (float)Math.Clamp(error, -1, 1);
        }

        return sum;
    }

    public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label)
    {
        var worst = 0.0;
        for (var i = 0; i < output.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs((double)output[i] - label[i]));
        }

        return worst;
    }
}
