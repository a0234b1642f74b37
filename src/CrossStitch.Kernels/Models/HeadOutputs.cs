namespace CrossStitch.Kernels.Models;

/// <summary>What to make of the numbers of a classification head.</summary>
public static class HeadOutputs
{
    /// <summary>Logits to probabilities: e^logit, scaled to a sum of 1. Large logits do not overflow.</summary>
    /// <param name="logits">[examples, classes].</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="probabilities">Receives [examples, classes]; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Softmax(ReadOnlySpan<float> logits, int classes, Span<float> probabilities)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (logits.Length % classes != 0 || probabilities.Length != logits.Length)
        {
            throw new ArgumentException($"{logits.Length} logits of {classes} classes do not become {probabilities.Length} probabilities.", nameof(probabilities));
        }

        for (var row = 0; row < logits.Length; row += classes)
        {
            var from = logits.Slice(row, classes);
            var to = probabilities.Slice(row, classes);
            var highest = from[Highest(from)];
            var sum = 0f;
            for (var k = 0; k < classes; k++)
            {
                to[k] = MathF.Exp(from[k] - highest);
                sum += to[k];
            }

            foreach (ref var probability in to)
            {
                probability /= sum;
            }
        }
    }

    /// <summary>The number of the highest of some values: the first of equals.</summary>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static int Highest(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("There is no highest of no values.", nameof(values));
        }

        var highest = 0;
        for (var k = 1; k < values.Length; k++)
        {
            highest = values[k] > values[highest] ? k : highest;
        }

        return highest;
    }
}
