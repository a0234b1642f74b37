namespace CrossStitch.Faces.Training.Metrics;

/// <summary>
/// Landmark errors of a set of faces, by box width as in section 4.2 of the paper and by inter-ocular distance as in
/// the TCDCN literature. The inter-ocular distance is that of the true points.
/// </summary>
/// <param name="Faces">How many faces were measured.</param>
/// <param name="InterOcularFaces">
/// How many of them count for the inter-ocular measures: those whose true eyes are at least
/// <see cref="MinimumInterOcularDistance"/> apart. A full profile whose eyes coincide has no scale to divide by; it is
/// left out of these two measures and stays in all others.
/// </param>
/// <param name="Overall">A face's error here is the mean over its five landmarks.</param>
/// <param name="Landmarks">Each landmark, in the order of <see cref="Landmark"/>.</param>
/// <param name="Curve">The cumulative distribution of the faces' mean errors.</param>
/// <param name="CurveArea">The area under it up to <see cref="CurveLimit"/>, 0..1.</param>
public sealed record LandmarkEvaluation(
    int Faces,
    int InterOcularFaces,
    LandmarkError Overall,
    IReadOnlyList<LandmarkError> Landmarks,
    CumulativeErrorCurve Curve,
    double CurveArea)
{
    /// <summary>An error above this many box widths is a failure (section 4.2).</summary>
    public const double FailureThreshold = 0.05;

    /// <summary>An error above this many inter-ocular distances is a failure (TCDCN).</summary>
    public const double InterOcularFailureThreshold = 0.10;

    /// <summary>Box widths; true eyes closer than this give no inter-ocular error.</summary>
    public const double MinimumInterOcularDistance = 0.02;

    /// <summary>Box widths; where the area under the curve ends.</summary>
    public const double CurveLimit = 0.10;

    /// <summary>Measures predictions against the truth.</summary>
    /// <param name="predicted">Ten numbers a face (x1..x5, then y1..y5), in box units.</param>
    /// <param name="actual">The same for the true points.</param>
    /// <exception cref="ArgumentException">
    /// The two differ in length, hold no whole number of faces or none, or a number is not finite.
    /// </exception>
    public static LandmarkEvaluation Measure(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual)
    {
        if (predicted.Length != actual.Length || actual.IsEmpty || actual.Length % FaceLandmarks.Numbers != 0)
        {
            throw new ArgumentException(
                $"{predicted.Length} predicted and {actual.Length} true numbers are not {FaceLandmarks.Numbers} each for one face or more.",
                nameof(predicted));
        }

        var faces = actual.Length / FaceLandmarks.Numbers;
        var tallies = new Tally[FaceLandmarks.Count];
        var overall = default(Tally);
        var means = new double[faces];
        for (var face = 0; face < faces; face++)
        {
            var guess = predicted.Slice(face * FaceLandmarks.Numbers, FaceLandmarks.Numbers);
            var truth = actual.Slice(face * FaceLandmarks.Numbers, FaceLandmarks.Numbers);
            var interOcular = Distance(truth, (int)Landmark.LeftEye, truth, (int)Landmark.RightEye);
            for (var point = 0; point < FaceLandmarks.Count; point++)
            {
                var error = Distance(guess, point, truth, point);
                tallies[point].Add(error, interOcular);
                means[face] += error / FaceLandmarks.Count;
            }

            // A NaN is above no threshold and would count as a success.
            if (!double.IsFinite(means[face]) || !double.IsFinite(interOcular))
            {
                throw new ArgumentException($"A landmark of face {face} is not a finite number.", nameof(predicted));
            }

            overall.Add(means[face], interOcular);
        }

        var curve = CumulativeErrorCurve.Of(means);
        return new LandmarkEvaluation(
            faces,
            overall.InterOcularFaces,
            overall.ToError(),
            [.. tallies.Select(tally => tally.ToError())],
            curve,
            curve.AreaUpTo(CurveLimit));
    }

    private static double Distance(ReadOnlySpan<float> a, int i, ReadOnlySpan<float> b, int j)
    {
        double x = a[i] - b[j];
        double y = a[FaceLandmarks.Count + i] - b[FaceLandmarks.Count + j];
        return Math.Sqrt((x * x) + (y * y));
    }

    private struct Tally
    {
        private int _faces;
        private int _failures;
        private int _interOcularFailures;
        private double _sum;
        private double _interOcularSum;

        public int InterOcularFaces { get; private set; }

        public void Add(double error, double interOcular)
        {
            _faces++;
            _sum += error;
            _failures += error > FailureThreshold ? 1 : 0;
            if (interOcular >= MinimumInterOcularDistance)
            {
                InterOcularFaces++;
                _interOcularSum += error / interOcular;
                _interOcularFailures += error / interOcular > InterOcularFailureThreshold ? 1 : 0;
            }
        }

        public readonly LandmarkError ToError() => new(
            _sum / _faces,
            (double)_failures / _faces,
            InterOcularFaces == 0 ? null : _interOcularSum / InterOcularFaces,
            InterOcularFaces == 0 ? null : (double)_interOcularFailures / InterOcularFaces);
    }
}
