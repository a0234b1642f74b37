using System.Text.Json.Serialization;
using CrossStitch.Experiments.Data;

namespace CrossStitch.Experiments.Scores;

/// <summary>How a set of examples was predicted: all of them, and the groups of each grouping.</summary>
/// <param name="Overall">All examples.</param>
/// <param name="Groups">By grouping, then by group; groups without an example are left out.</param>
/// <param name="Confusion">By classification task: counts, a row a true class, in it a column a predicted class.</param>
public sealed record Evaluation(
    GroupEvaluation Overall,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, GroupEvaluation>> Groups,
    IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<int>>> Confusion)
{
    /// <summary>How many of the examples the network had seen in training; the figures do not say how it does on new ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SeenInTraining { get; init; }

    /// <summary>Sums scores up.</summary>
    /// <param name="measures">The measures.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="examples">The examples.</param>
    /// <param name="predictions">What was predicted for them.</param>
    public static Evaluation Of(IReadOnlyList<Measure> measures, ScoreTable scores, TestExamples examples, Predictions predictions)
    {
        IReadOnlyList<Measure> used = [.. measures.Where(measure => scores.Has(measure.Column))];
        return new Evaluation(
            Group(null),
            examples.Groupings.ToDictionary(grouping => grouping.Name, grouping => (IReadOnlyDictionary<string, GroupEvaluation>)new OrderedDictionary<string, GroupEvaluation>(
                grouping.Groups.Select((name, group) => KeyValuePair.Create(name, Group(grouping.Members(group)))).Where(group => group.Value.Examples > 0))),
            predictions.Confusion(examples));

        GroupEvaluation Group(int[]? members) => new(
            members?.Length ?? examples.Count,
            new OrderedDictionary<string, double>(used.Select(measure => KeyValuePair.Create(measure.Name, measure.Over(scores, examples, members))).Where(measure => !double.IsNaN(measure.Value))));
    }
}
