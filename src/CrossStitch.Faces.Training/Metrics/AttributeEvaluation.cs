namespace CrossStitch.Faces.Training.Metrics;

/// <summary>How well one attribute was predicted, over a set of faces.</summary>
/// <param name="Confusion">Counts of faces: a row a true class, in it a column a predicted class.</param>
/// <param name="Accuracy">Share of faces (0..1) predicted right.</param>
/// <param name="BalancedAccuracy">
/// Mean over classes of the share of the class's faces predicted right. A class without a face has no such share and is
/// left out, so that a subset (one pose, say) is measured by the classes it holds.
/// </param>
public sealed record AttributeEvaluation(
    IReadOnlyList<IReadOnlyList<int>> Confusion,
    double Accuracy,
    double BalancedAccuracy)
{
    /// <summary>Measures predictions against the truth.</summary>
    /// <param name="predicted">A class each face, from 0.</param>
    /// <param name="actual">The true class each face, from 0.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <exception cref="ArgumentException">There is no face, or the two differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is not between 0 and <paramref name="classes"/>.</exception>
    public static AttributeEvaluation Measure(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual, int classes)
    {
        if (predicted.Length != actual.Length || actual.IsEmpty)
        {
            throw new ArgumentException(
                $"{predicted.Length} predicted and {actual.Length} true classes are not one each for one face or more.", nameof(predicted));
        }

        var confusion = new int[classes][];
        for (var truth = 0; truth < classes; truth++)
        {
            confusion[truth] = new int[classes];
        }

        for (var face = 0; face < actual.Length; face++)
        {
            CheckClass(predicted[face], classes, nameof(predicted));
            CheckClass(actual[face], classes, nameof(actual));
            confusion[actual[face]][predicted[face]]++;
        }

        var right = 0;
        var (recalls, present) = (0.0, 0);
        for (var truth = 0; truth < classes; truth++)
        {
            var faces = confusion[truth].Sum();
            right += confusion[truth][truth];
            if (faces > 0)
            {
                recalls += (double)confusion[truth][truth] / faces;
                present++;
            }
        }

        return new AttributeEvaluation(confusion, (double)right / actual.Length, recalls / present);
    }

    private static void CheckClass(int value, int classes, string name)
    {
        if (value < 0 || value >= classes)
        {
            throw new ArgumentOutOfRangeException(name, value, $"A class is between 0 and {classes - 1}.");
        }
    }
}
