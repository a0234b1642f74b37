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

    /// <summary>
    /// What the loss adds to each logit, and prediction leaves out: [classes]; empty, the default, for nothing. With
    /// <c>τ ln(share of the class among the training examples)</c> the head learns what tells classes apart and not how
    /// frequent they are, so a rare class is predicted as readily as a frequent one (logit adjustment, Menon et al., 2021). τ = 1
    /// is the most that classes seen equally often would teach; less is between that and what is there.
    /// </summary>
    /// <exception cref="CrossStitchException">There is not one finite number a class.</exception>
    public IReadOnlyList<double> LogitOffsets
    {
        get;
        init => field = value.Count == 0 || (value.Count == Classes && value.All(double.IsFinite))
            ? value
            : throw new CrossStitchException($"Task '{Name}' has the offsets {string.Join(", ", value)} for its logits; it needs a finite number for each of its {Classes} classes, or none.");
    } = [];

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
        var largest = double.NegativeInfinity;
        for (var i = 0; i < output.Length; i++)
        {
            largest = Math.Max(largest, Adjusted(output, i));
        }

        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
        {
            sum += Math.Exp(Adjusted(output, i) - largest);
        }

        var (normalizer, truth) = (largest + Math.Log(sum), (int)label[0]);
        for (var i = 0; i < output.Length; i++)
        {
            gradient[i] = (float)(Math.Exp(Adjusted(output, i) - normalizer) - (i == truth ? 1 : 0));
        }

        return normalizer - Adjusted(output, truth);
    }

    /// <summary>1 where the likeliest class is the label's, else 0.</summary>
    /// <param name="output">[classes].</param>
    /// <param name="label">The class.</param>
    public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label) => LikeliestClass(output) == (int)label[0] ? 1 : 0;

    private double Adjusted(ReadOnlySpan<float> output, int i) => LogitOffsets.Count == 0 ? output[i] : output[i] + LogitOffsets[i];
}
