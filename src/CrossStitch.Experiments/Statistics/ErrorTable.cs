using CrossStitch.Experiments.Comparison;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Statistics;

/// <summary>The error of every run of a study on every test face, by variant and seed.</summary>
public sealed class ErrorTable
{
    private readonly Dictionary<string, SortedDictionary<long, double[]>> _errors;

    private ErrorTable(Dictionary<string, SortedDictionary<long, double[]>> errors) => _errors = errors;

    /// <summary>Measures the runs of a study.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="ArgumentException">A run's predictions are not for the study's faces.</exception>
    public static ErrorTable Of(Study study) => new(study.Runs.GroupBy(run => run.Variant).ToDictionary(
        runs => runs.Key,
        runs => new SortedDictionary<long, double[]>(runs.ToDictionary(run => run.Recipe.Seed, run => FaceErrors(study.TestFaces, run.Predictions)))));

    /// <summary>Every face's error: the mean over its five landmarks, in box widths (section 4.2).</summary>
    /// <param name="faces">The faces.</param>
    /// <param name="predictions">What a network predicts for them, in the same order.</param>
    /// <exception cref="ArgumentException">The predictions are not for as many faces, or one is not finite.</exception>
    public static double[] FaceErrors(FaceCropSet faces, FacePredictions predictions)
    {
        var guesses = predictions.Landmarks;
        if (guesses?.Length != (long)faces.Count * FaceLandmarks.Numbers)
        {
            throw new ArgumentException($"{guesses?.Length ?? 0} predicted numbers are not {FaceLandmarks.Numbers} each for {faces.Count} faces.", nameof(predictions));
        }

        var errors = new double[faces.Count];
        Span<float> truth = stackalloc float[FaceLandmarks.Numbers];
        for (var i = 0; i < errors.Length; i++)
        {
            faces[i].Landmarks.CopyTo(truth);
            errors[i] = LandmarkEvaluation.Measure(guesses.AsSpan(i * FaceLandmarks.Numbers, FaceLandmarks.Numbers), truth).Overall.MeanError;
        }

        return errors;
    }

    /// <summary>A variant's measure less a baseline's, over the seeds that both have; null if there is none.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="measure">What of each face.</param>
    public PairedDifferences? Between(string variant, string baseline, Measure measure)
    {
        if (!_errors.TryGetValue(variant, out var ofVariant) || !_errors.TryGetValue(baseline, out var ofBaseline))
        {
            return null;
        }

        var seeds = ofVariant.Keys.Where(ofBaseline.ContainsKey).ToList();
        return seeds.Count == 0 ? null : PairedDifferences.Between(
            [.. seeds.Select(seed => Measured(ofVariant[seed], measure))],
            [.. seeds.Select(seed => Measured(ofBaseline[seed], measure))]);
    }

    /// <summary>A variant's measure by seed, averaged over faces.</summary>
    /// <param name="variant">The variant; it has a finished run.</param>
    /// <param name="measure">What of each face.</param>
    public IReadOnlyDictionary<long, double> SeedMeans(string variant, Measure measure) =>
        _errors[variant].ToDictionary(run => run.Key, run => Measured(run.Value, measure).Average());

    private static double[] Measured(double[] errors, Measure measure) => measure switch
    {
        Measure.MeanError => errors,
        Measure.FailureRate => Array.ConvertAll(errors, error => error > LandmarkEvaluation.FailureThreshold ? 1.0 : 0.0),
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}
