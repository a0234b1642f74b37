namespace CrossStitch.Faces.Training.Metrics;

/// <summary>
/// The cumulative error distribution (CED) of a set of faces: for every threshold, the share of faces whose mean
/// landmark error is no larger. It is the step function of the sorted errors, kept whole, so nothing is binned.
/// </summary>
/// <param name="SortedErrors">A face's mean error each, in box widths, in rising order.</param>
public sealed record CumulativeErrorCurve(IReadOnlyList<double> SortedErrors)
{
    /// <summary>Sorts errors into a curve.</summary>
    /// <param name="errors">A face's mean error each, in any order; they are left as they are.</param>
    /// <exception cref="ArgumentException">There are none, or one is not a finite number.</exception>
    public static CumulativeErrorCurve Of(ReadOnlySpan<double> errors)
    {
        if (errors.IsEmpty)
        {
            throw new ArgumentException("A cumulative error curve takes one face or more.", nameof(errors));
        }

        var sorted = errors.ToArray();
        Array.Sort(sorted);

        // NaN sorts first and infinity last, so the two ends tell for all.
        if (!double.IsFinite(sorted[0]) || !double.IsFinite(sorted[^1]))
        {
            throw new ArgumentException("An error is not a finite number.", nameof(errors));
        }

        return new CumulativeErrorCurve(sorted);
    }

    /// <summary>The share of faces (0..1) whose error is at most a threshold: one less the failure rate there.</summary>
    /// <param name="threshold">In box widths.</param>
    public double ShareWithin(double threshold)
    {
        var (low, high) = (0, SortedErrors.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (SortedErrors[middle] <= threshold)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (double)low / SortedErrors.Count;
    }

    /// <summary>
    /// The area under the curve from 0 to a limit, divided by the limit: 1 if every error is zero, 0 if none is below
    /// the limit. A face of error e adds a step of height 1/n from e onwards, so the integral is exactly the mean of
    /// max(0, limit − e).
    /// </summary>
    /// <param name="limit">Where to stop, in box widths; 0.1 is usual.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public double AreaUpTo(double limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return SortedErrors.Sum(error => Math.Max(0, limit - error)) / (limit * SortedErrors.Count);
    }
}
