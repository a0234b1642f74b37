using CrossStitch.Kernels.Models;

namespace CrossStitch.Tasks;

/// <summary>
/// A class to predict, with the second term of eq. 2: the cross-entropy of a softmax. The paper prints that term as a
/// sum over examples beside a mean of squared errors; here both are means, and λ carries the factor.
/// </summary>
/// <param name="Name">Unique among the tasks of a network.</param>
/// <param name="Classes">How many classes.</param>
/// <param name="Weight">λ in the joint loss.</param>
public sealed record ClassificationTask(string Name, int Classes, double Weight = 1) : LearningTask(Name, Classes, Weight)
{
    /// <summary>The label of an example that has none; it is left out of the loss.</summary>
    public const float Missing = -1;

    /// <summary>A label is one number: the class, from 0, or <see cref="Missing"/>.</summary>
    public override int LabelWidth => 1;

    /// <inheritdoc/>
    public override HeadKind ExportKind => HeadKind.Classification;

    /// <summary>The accuracy: higher is better.</summary>
    public override TaskScore Scored => TaskScore.Accuracy;

    /// <summary>The class of the highest logit; the first of several.</summary>
    /// <param name="logits">[classes], of one example.</param>
    /// <exception cref="ArgumentException">There is no logit.</exception>
    public static int LikeliestClass(ReadOnlySpan<float> logits) => HeadOutputs.Highest(logits);

    /// <inheritdoc/>
    public override float MissingNumber => Missing;

    /// <inheritdoc/>
    /// <exception cref="CrossStitchException">The label is no class of this task.</exception>
    public override bool HasLabel(ReadOnlySpan<float> label)
    {
        var value = label[0];
        return value != Missing && (value >= 0 && value < Classes && value == (int)value
            ? true
            : throw new CrossStitchException($"An example has class {value} for task '{Name}', which has classes 0 to {Classes - 1}, and {Missing} for no label."));
    }

    /// <inheritdoc/>
    public override double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
    {
        var largest = output[0];
        foreach (var logit in output)
        {
            largest = Math.Max(largest, logit);
        }

        var sum = 0.0;
        foreach (var logit in output)
        {
            sum += Math.Exp((double)logit - largest);
        }

        var (normalizer, truth) = (largest + Math.Log(sum), (int)label[0]);
        for (var i = 0; i < output.Length; i++)
        {
            gradient[i] = (float)(Math.Exp(output[i] - normalizer) - (i == truth ? 1 : 0));
        }

        return normalizer - output[truth];
    }

    /// <summary>1 where the likeliest class is the label's, else 0.</summary>
    /// <param name="output">[classes].</param>
    /// <param name="label">The class.</param>
    public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label) => LikeliestClass(output) == (int)label[0] ? 1 : 0;
}
