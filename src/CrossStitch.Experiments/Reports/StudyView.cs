using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Reports;

/// <summary>A study and its results, as tables and figures ask for them: runs by variant, the variant that stands for its network.</summary>
/// <param name="study">The runs.</param>
/// <param name="results">What the statistics say of them.</param>
public sealed class StudyView(Study study, StudyResults results)
{
    private readonly Dictionary<string, IReadOnlyList<StudyRun>> _runs = study.Runs
        .GroupBy(run => run.Variant.Name)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<StudyRun>)[.. group.OrderBy(run => run.Result.Seed)]);

    /// <summary>The runs.</summary>
    public Study Study => study;

    /// <summary>What the statistics say of them.</summary>
    public StudyResults Results => results;

    /// <summary>The main measure.</summary>
    public Measure Main => study.Measures[0];

    /// <summary>The networks of the main comparison.</summary>
    public IReadOnlyList<VariantSummary> Networks => results.Variants;

    /// <summary>The questions that at least two variants answer; not those that the main comparison answers with all its networks.</summary>
    public IReadOnlyList<QuestionAnswer> Questions { get; } =
        [.. results.Questions.Where(answer => answer.Variants.Count > 1 && !results.Variants.All(network => answer.Question.Variants.Contains(network.Name)))];

    /// <summary>What the variants of a question are compared by, the main measure first.</summary>
    /// <param name="question">The question.</param>
    public IReadOnlyList<Measure> MeasuresOf(Question question) => StudyResults.MeasuresOf(question, study, [.. study.Measures.Where(measure => measure.IsCompared)]);

    /// <summary>The baseline, if it was trained.</summary>
    public VariantSummary? Baseline => Networks.FirstOrDefault(variant => variant.Name == study.Baseline?.Name);

    /// <summary>The network that does best by the main measure; null without any.</summary>
    public VariantSummary? Best => Networks.MinBy(Order);

    /// <summary>
    /// One variant of each network, to be shown where all would be too many: the one with the most auxiliary tasks.
    /// </summary>
    public IReadOnlyList<VariantSummary> Representatives =>
        [.. Networks.GroupBy(variant => variant.Variant.Network).Select(group => group.OrderByDescending(variant => variant.Variant.Auxiliary.Count).ThenBy(Order).First())];

    /// <summary>The finished runs of a variant, by seed.</summary>
    /// <param name="variant">The variant.</param>
    public IReadOnlyList<StudyRun> RunsOf(VariantSummary variant) => _runs.GetValueOrDefault(variant.Name, []);

    /// <summary>The finished runs of the variant that stands for a network.</summary>
    /// <param name="network">The network's name.</param>
    public IReadOnlyList<StudyRun> RunsOf(string network) =>
        Representatives.FirstOrDefault(variant => variant.Variant.Network == network) is { } variant ? RunsOf(variant) : [];

    /// <summary>The colour of a network.</summary>
    /// <param name="network">Its name.</param>
    public FigureColor ColorOf(string network) => study.Catalog.Networks.Find(network)?.Color ?? FigurePalette.Muted;

    /// <summary>The colour of a variant: its network's.</summary>
    /// <param name="variant">The variant.</param>
    public FigureColor ColorOf(VariantSummary variant) => ColorOf(variant.Variant.Network);

    /// <summary>The name of a network in a text.</summary>
    /// <param name="network">Its name.</param>
    public string TitleOf(string network) => study.Catalog.Networks.Find(network)?.Title ?? network;

    /// <summary>The name of a variant's auxiliary tasks; "none" without any.</summary>
    /// <param name="variant">The variant.</param>
    public string AuxiliaryOf(VariantSummary variant) => variant.Variant.Auxiliary.Count == 0
        ? "none"
        : AuxiliarySet.Name(variant.Variant.Auxiliary, [.. study.Tasks.Skip(1).Select(task => task.Name)]);

    /// <summary>A variant's place by the main measure: less is better.</summary>
    private double Order(VariantSummary variant) => variant.Mean(Main) is var mean && double.IsNaN(mean) ? double.PositiveInfinity : Main.HigherIsBetter ? -mean : mean;
}
