using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Statistics;

/// <summary>Everything that a study found, in numbers and in words. It depends on the finished runs and a seed, on nothing else.</summary>
/// <param name="Variants">The table of networks: the single-task baseline and the paper's networks, without the variants that only answer a question.</param>
/// <param name="Questions">The study's questions, answered.</param>
/// <param name="Verdict">Whether sharing beat the baseline, by which network, by how much and how surely: two sentences.</param>
/// <param name="Claims">What the paper claims, beside what the study finds.</param>
public sealed record StudyResults(
    IReadOnlyList<VariantSummary> Variants,
    IReadOnlyList<QuestionAnswer> Questions,
    string Verdict,
    IReadOnlyList<ClaimCheck> Claims)
{
    /// <summary>What stands between a network's name and what an ablation changes in it.</summary>
    private const char AblationMark = '@';

    /// <summary>Works out the results. Runs that are missing or failed are left out: a comparison takes the seeds that both sides have.</summary>
    /// <param name="study">The study.</param>
    /// <param name="seed">Names the bootstrap's draws.</param>
    /// <exception cref="ArgumentException">A run's predictions are not for the study's faces.</exception>
    public static StudyResults Of(Study study, long seed = 1)
    {
        var errors = ErrorTable.Of(study);
        var names = Names(study);
        var networks = names.Where(name => !name.Contains(AblationMark)).ToList();
        var baseline = NetworkBuilder.Name(NetworkKind.Single);
        var comparisons = ComparisonFamily.Of(errors, baseline, networks, Measure.MeanError, seed);
        var failures = ComparisonFamily.Of(errors, baseline, networks, Measure.FailureRate, seed);
        var summaries = names.ToDictionary(name => name, name => SummaryOf(study, name) with
        {
            AgainstBaseline = comparisons.FirstOrDefault(comparison => comparison.Variant == name),
            FailuresAgainstBaseline = failures.FirstOrDefault(comparison => comparison.Variant == name),
        });
        return new StudyResults(
            [.. networks.Select(name => summaries[name])],
            [.. study.Questions.Select(question => Answer(question, errors, summaries, seed))],
            VerdictOf(summaries.GetValueOrDefault(baseline), comparisons),
            PaperClaims.Check(errors, comparisons, seed));
    }

    /// <summary>
    /// The variants that have a finished run, network by network and set by set as the paper has them, then by name: runs
    /// may end in any order, and the results are the same.
    /// </summary>
    private static List<string> Names(Study study) =>
    [
        .. study.Runs.DistinctBy(run => run.Variant)
            .OrderBy(run => run.Recipe.Network)
            .ThenBy(run => AuxiliarySet.Each.Select((set, i) => (set, i)).FirstOrDefault(pair => pair.set.Tasks.SequenceEqual(run.Recipe.UsedAuxiliary())).i)
            .ThenBy(run => run.Variant, StringComparer.Ordinal)
            .Select(run => run.Variant),
    ];

    private static VariantSummary SummaryOf(Study study, string variant) =>
        VariantSummary.Of(study.TestFaces, [.. study.Runs.Where(run => run.Variant == variant).OrderBy(run => run.Recipe.Seed)]);

    private static QuestionAnswer Answer(StudyQuestion question, ErrorTable errors, Dictionary<string, VariantSummary> summaries, long seed)
    {
        var others = question.Variants.Skip(1).ToList();
        var comparisons = ComparisonFamily.Of(errors, question.Variants[0], others, Measure.MeanError, seed);
        return new QuestionAnswer(
            question,
            [.. question.Variants.Where(summaries.ContainsKey).Select(name => summaries[name])],
            comparisons,
            comparisons.Count > 0 ? ComparisonWords.Summary(comparisons) : $"Not answered yet: no variant has a finished run of the same seed as {question.Variants[0]}.",
            ComparisonFamily.Of(errors, question.Variants[0], others, Measure.FailureRate, seed));
    }

    private static string VerdictOf(VariantSummary? baseline, IReadOnlyList<PairedComparison> comparisons)
    {
        if (baseline is null || comparisons.Count == 0)
        {
            return "Nothing can be said yet. No network has a finished run of the same seed as the single-task baseline.";
        }

        var best = ComparisonWords.Best(comparisons);
        var lead = best.Verdict switch
        {
            Statistics.Verdict.Better => $"Sharing beat the baseline, {best.Variant} by the most",
            Statistics.Verdict.Worse => $"Sharing did not beat the baseline; {best.Variant} came nearest",
            _ => $"Sharing is not shown to beat the baseline; {best.Variant} came nearest",
        };
        return $"{lead}: against {ResultText.Amount(baseline.MeanError.Mean, Measure.MeanError)} % of the box width for {baseline.Variant}, "
            + $"{ComparisonWords.Evidence(best, comparisons.Count)}. {ComparisonWords.Counts(comparisons)}.";
    }
}
