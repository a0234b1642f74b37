using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Statistics;

/// <summary>Everything that a study found, in numbers and in words. It depends on the finished runs and a seed, on nothing else.</summary>
/// <param name="Variants">The table of networks: the baseline and the others, without the variants that only answer a question.</param>
/// <param name="Questions">The study's questions, answered.</param>
/// <param name="Verdict">Whether sharing beat the baseline, by which network, by how much and how surely: two sentences.</param>
/// <param name="Claims">What others claim, beside what the study finds.</param>
public sealed record StudyResults(
    IReadOnlyList<VariantSummary> Variants,
    IReadOnlyList<QuestionAnswer> Questions,
    string Verdict,
    IReadOnlyList<ClaimCheck> Claims)
{
    /// <summary>Works out the results. Runs that are missing or failed are left out: a comparison takes the seeds that both sides have.</summary>
    /// <param name="study">The study.</param>
    /// <param name="seed">Names the bootstrap's draws.</param>
    public static StudyResults Of(Study study, long seed = 1)
    {
        var scores = ScoreSet.Of(study);
        IReadOnlyList<Measure> compared = [.. study.Measures.Where(measure => measure.IsCompared)];
        var finished = study.Variants.Where(variant => study.Runs.Any(run => run.Variant.Name == variant.Name)).ToList();
        var networks = finished.Where(variant => variant.IsMain).Select(variant => variant.Name).ToList();
        var comparisons = study.Baseline is { } baseline
            ? compared.ToDictionary(measure => measure.Name, measure => ComparisonFamily.Of(scores, baseline.Name, networks, measure, seed))
            : [];
        var summaries = finished.ToDictionary(variant => variant.Name, variant => SummaryOf(study, variant) with
        {
            AgainstBaseline = comparisons.Select(family => (family.Key, Own: family.Value.FirstOrDefault(comparison => comparison.Variant == variant.Name)))
                .Where(family => family.Own is not null).ToDictionary(family => family.Key, family => family.Own!),
        });
        var main = compared.Count > 0 ? comparisons.GetValueOrDefault(compared[0].Name, []) : [];
        return new StudyResults(
            [.. networks.Select(name => summaries[name])],
            [.. study.Questions.Select(question => Answer(question, scores, MeasuresOf(question, study, compared), summaries, seed))],
            compared.Count == 0 || (study.Variants.Count > 0 && !study.Variants.Any(variant => variant.IsMain)) ? "" : VerdictOf(study, compared[0], main, summaries),
            study.Domain.Claims(study, scores, main, seed));
    }

    private static VariantSummary SummaryOf(Study study, Variant variant) =>
        VariantSummary.Of(study, [.. study.Runs.Where(run => run.Variant.Name == variant.Name).OrderBy(run => run.Recipe.Seed)]);

    private static QuestionAnswer Answer(Question question, ScoreSet scores, IReadOnlyList<Measure> compared, Dictionary<string, VariantSummary> summaries, long seed)
    {
        IReadOnlyList<(string, string)> pairs = question.Pairs is { } named
            ? [.. named.Select(pair => (pair.Variant, pair.Baseline))]
            : [.. question.Variants.Skip(1).Select(variant => (variant, question.Variants[0]))];
        var comparisons = new OrderedDictionary<string, IReadOnlyList<PairedComparison>>(compared.Select(measure =>
            KeyValuePair.Create(measure.Name, ComparisonFamily.Of(scores, pairs, measure, seed, apart: question.Pairs is not null))));
        var main = comparisons.Values.FirstOrDefault([]);
        return new QuestionAnswer(
            question,
            [.. question.Variants.Where(summaries.ContainsKey).Select(name => summaries[name])],
            comparisons,
            main.Count > 0 ? question.Pairs is null ? ComparisonWords.Summary(main) : ComparisonWords.SummaryOfPairs(main)
                : question.Pairs is null ? $"Not answered yet: no variant has a finished run of the same seed as {question.Variants[0]}."
                : "Not answered yet: no variant has a finished run of the same seed as what it is compared with.");
    }

    /// <summary>What the variants of a question are compared by.</summary>
    internal static IReadOnlyList<Measure> MeasuresOf(Question question, Study study, IReadOnlyList<Measure> compared) =>
        question.Measures is { } names ? [.. names.Select(name => study.Measures.FirstOrDefault(measure => measure.Name == name)).OfType<Measure>()] : compared;

    private static string VerdictOf(Study study, Measure measure, IReadOnlyList<PairedComparison> comparisons, Dictionary<string, VariantSummary> summaries)
    {
        if (study.Baseline is not { } baseline || !summaries.TryGetValue(baseline.Name, out var summary) || comparisons.Count == 0)
        {
            return "Nothing can be said yet. No network has a finished run of the same seed as a baseline that learns the main task alone.";
        }

        var best = ComparisonWords.Best(comparisons);
        var lead = best.Verdict switch
        {
            Statistics.Verdict.Better => $"Sharing beat the baseline, {best.Variant} by the most",
            Statistics.Verdict.OneSeed => $"Whether sharing beats the baseline cannot be said from one seed; {best.Variant} did best beside it",
            Statistics.Verdict.Worse => $"Sharing did not beat the baseline; {best.Variant} came nearest",
            _ => $"Sharing is not shown to beat the baseline; {best.Variant} came nearest",
        };
        return $"{lead}: against {ResultText.AmountWithUnit(summary.Mean(measure), measure)} for {baseline.Name}, "
            + $"{ComparisonWords.Evidence(best, comparisons.Count)}. {ComparisonWords.Counts(comparisons)}.";
    }
}
