using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Reports;

/// <summary>A study and its results, as figures ask for them: runs by variant, the network that stands for its kind.</summary>
/// <param name="study">The runs.</param>
/// <param name="results">What the statistics say of them.</param>
internal sealed class StudyView(Study study, StudyResults results)
{
    private readonly Dictionary<string, IReadOnlyList<StudyRun>> _runs = study.Runs
        .GroupBy(run => run.Variant)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<StudyRun>)[.. group.OrderBy(run => run.Result.Seed)]);

    private readonly Dictionary<StudyRun, FaceEvaluation> _evaluations = new(ReferenceEqualityComparer.Instance);

    /// <summary>The runs.</summary>
    public Study Study => study;

    /// <summary>What the statistics say of them.</summary>
    public StudyResults Results => results;

    /// <summary>The networks of the paper, without the ablations.</summary>
    public IReadOnlyList<VariantSummary> Networks => results.Variants;

    /// <summary>The questions of section 6.4 that at least two variants answer; not the main study, which has a table of its own.</summary>
    public IReadOnlyList<QuestionAnswer> Questions { get; } =
        [.. results.Questions.Where(answer => answer.Variants.Count > 1 && !results.Variants.All(network => answer.Question.Variants.Contains(network.Variant)))];

    /// <summary>The baseline, if it was trained.</summary>
    public VariantSummary? Baseline => Networks.FirstOrDefault(variant => variant.Network == NetworkKind.Single);

    /// <summary>The network with the lowest mean error; null without any.</summary>
    public VariantSummary? Best => Networks.MinBy(variant => variant.MeanError.Mean);

    /// <summary>
    /// One variant of each kind of network, to be shown where all would be too many: the one with the most auxiliary tasks.
    /// </summary>
    public IReadOnlyList<VariantSummary> Representatives =>
    [
        .. Networks.GroupBy(variant => variant.Network).OrderBy(group => group.Key)
            .Select(group => group.OrderByDescending(variant => variant.Auxiliary.Count).ThenBy(variant => variant.MeanError.Mean).First()),
    ];

    /// <summary>The finished runs of a variant, by seed.</summary>
    public IReadOnlyList<StudyRun> RunsOf(VariantSummary variant) => _runs.GetValueOrDefault(variant.Variant, []);

    /// <summary>The finished runs of the variant that stands for a kind of network.</summary>
    public IReadOnlyList<StudyRun> RunsOf(NetworkKind network) =>
        Representatives.FirstOrDefault(variant => variant.Network == network) is { } variant ? RunsOf(variant) : [];

    /// <summary>How a run does on the test faces.</summary>
    public FaceEvaluation Evaluate(StudyRun run)
    {
        if (!_evaluations.TryGetValue(run, out var evaluation))
        {
            _evaluations.Add(run, evaluation = run.Result.Test ?? FaceEvaluation.Measure(study.TestFaces.Faces, run.Predictions));
        }

        return evaluation;
    }

    /// <summary>Each test face's mean error by a run, in box widths; empty if its predictions hold no landmarks.</summary>
    public double[] FaceErrors(StudyRun run)
    {
        if (run.Predictions.Landmarks is not { } numbers)
        {
            return [];
        }

        var errors = new double[study.TestFaces.Count];
        for (var face = 0; face < errors.Length; face++)
        {
            var guess = GuessOf(numbers, face);
            errors[face] = Enum.GetValues<Landmark>().Average(landmark => (double)guess[landmark].DistanceTo(study.TestFaces[face].Landmarks[landmark]));
        }

        return errors;
    }

    /// <summary>The landmarks that a run predicts for a face.</summary>
    public static FaceLandmarks GuessOf(float[] numbers, int face) =>
        FaceLandmarks.FromNumbers(numbers.AsSpan(face * FaceLandmarks.Numbers, FaceLandmarks.Numbers));
}
