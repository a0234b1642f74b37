using System.Text.Json.Serialization;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Statistics;

/// <summary>One line of the table of networks: the test results of a network, averaged over its seeds.</summary>
/// <param name="Variant">The network and its auxiliary tasks, such as <c>split-all</c>.</param>
/// <param name="Network">The network.</param>
/// <param name="Auxiliary">Its auxiliary tasks.</param>
/// <param name="Seeds">How many seeds it was trained with.</param>
/// <param name="MeanError">A face's error, averaged over its landmarks, in box widths.</param>
/// <param name="FailureRate">Share of faces whose averaged error is above 5 % of the box width.</param>
/// <param name="LandmarkErrors">Mean error of each landmark, in box widths, in the order of <see cref="Faces.Annotations.Landmark"/>.</param>
/// <param name="LandmarkFailures">Share of faces on which each landmark's error is above 5 % of the box width.</param>
/// <param name="InterOcularError">Mean error in inter-ocular distances; null if no face has one.</param>
/// <param name="InterOcularFailureRate">Share of faces above 10 % of the inter-ocular distance; null if no face has one.</param>
/// <param name="Accuracies">Share of faces told right, of each auxiliary task by name.</param>
/// <param name="Parameters">How many numbers it learns.</param>
/// <param name="TrainingSeconds">Time spent in epochs, averaged over seeds. It depends on the machine, so no result file holds it.</param>
/// <param name="AgainstBaseline">Its mean error compared with the single-task baseline's; null for the baseline itself, for variants that only answer a question, and without a common seed.</param>
/// <param name="BalancedAccuracies">Balanced accuracy (the mean over classes of the share told right), of each auxiliary task by name.</param>
/// <param name="FailuresAgainstBaseline">Its failure rate compared with the baseline's; null where <paramref name="AgainstBaseline"/> is.</param>
public sealed record VariantSummary(
    string Variant,
    NetworkKind Network,
    IReadOnlyList<AuxiliaryTask> Auxiliary,
    int Seeds,
    Estimate MeanError,
    Estimate FailureRate,
    IReadOnlyList<Estimate> LandmarkErrors,
    IReadOnlyList<Estimate> LandmarkFailures,
    Estimate? InterOcularError,
    Estimate? InterOcularFailureRate,
    IReadOnlyDictionary<string, Estimate> Accuracies,
    long Parameters,
    [property: JsonIgnore] double TrainingSeconds,
    PairedComparison? AgainstBaseline,
    IReadOnlyDictionary<string, Estimate> BalancedAccuracies,
    PairedComparison? FailuresAgainstBaseline);
