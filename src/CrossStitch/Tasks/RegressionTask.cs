using CrossStitch.Kernels.Models;

namespace CrossStitch.Tasks;

/// <summary>
/// Numbers to predict, with the first term of eq. 2: the squared norm of the error, averaged over examples,
/// <c>1/N Σ ‖y − f(x)‖²</c>; or, where <see cref="HuberDelta"/> is set, its pseudo-Huber form. A label that holds a number
/// that is not finite is missing.
/// </summary>
/// <param name="Name">Unique among the tasks of a network.</param>
/// <param name="Outputs">How many numbers.</param>
/// <param name="Weight">λ in the joint loss.</param>
/// <param name="Start">
/// What the head predicts before it has learned anything, such as the labels' mean: [outputs], the head's first biases;
/// null for zeros. Without it, a network spends its first epochs, and its first features, on learning an offset.
/// </param>
public sealed record RegressionTask(string Name, int Outputs, double Weight = 1, IReadOnlyList<float>? Start = null) : LearningTask(Name, Outputs, Weight)
{
    /// <summary>
    /// δ of a loss that grows as the square of small errors and evenly with large ones: each number adds
    /// <c>2δ (√(e² + δ²) − δ)</c>, which is e² where e is far below δ, and has slope 2δ far above. 0, the default, for e² everywhere.
    /// </summary>
    /// <remarks>
    /// Where what counts is the mean distance and not its square, it learns what counts. Its slope ends where that of the square
    /// goes on: weights λ of other tasks that suit the square are too high for it by about the usual error over δ.
    /// </remarks>
    public double HuberDelta { get; init; }

    /// <inheritdoc/>
    public override int LabelWidth => Outputs;

    /// <inheritdoc/>
    public override HeadKind ExportKind => HeadKind.Regression;

    /// <summary>The error: lower is better.</summary>
    public override TaskScore Scored => TaskScore.Error;

    /// <inheritdoc/>
    public override IReadOnlyList<float> FirstOutput => Start ?? base.FirstOutput;

    /// <inheritdoc/>
    public override bool HasLabel(ReadOnlySpan<float> label)
    {
        foreach (var number in label)
        {
            if (!float.IsFinite(number))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
    {
        var sum = 0.0;
        if (HuberDelta > 0)
        {
            for (var i = 0; i < output.Length; i++)
            {
                var error = (double)output[i] - label[i];
                var root = Math.Sqrt((error * error) + (HuberDelta * HuberDelta));
                sum += 2 * HuberDelta * (root - HuberDelta);
                gradient[i] = (float)(2 * HuberDelta * error / root);
            }

            return sum;
        }

        for (var i = 0; i < output.Length; i++)
        {
            var error = (double)output[i] - label[i];
            sum += error * error;
            gradient[i] = (float)(2 * error);
        }

        return sum;
    }

    /// <summary>The Euclidean norm of the error, <c>‖y − f(x)‖</c>.</summary>
    /// <param name="output">[outputs].</param>
    /// <param name="label">[outputs].</param>
    public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label)
    {
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
        {
            var error = (double)output[i] - label[i];
            sum += error * error;
        }

        return Math.Sqrt(sum);
    }
}
