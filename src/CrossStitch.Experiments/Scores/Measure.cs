using System.Text.Json.Serialization;
using CrossStitch.Experiments.Data;

namespace CrossStitch.Experiments.Scores;

/// <summary>Something that is measured of every test example, and averaged over them.</summary>
/// <param name="Name">Its name in files, in snake case: unique in its domain.</param>
/// <param name="Title">Its name in texts.</param>
/// <param name="Task">The task whose outputs it needs.</param>
/// <param name="Of">Measures an example.</param>
[JsonConverter(typeof(MeasureName))]
public sealed record Measure(string Name, string Title, string Task, ExampleMeasure Of)
{
    /// <summary>The column of scores that it averages: its own, or that of the measure that it is a balanced mean of.</summary>
    public string Column { get; init; } = Name;

    /// <summary>The grouping whose groups count alike, however many examples each has; null for a plain mean.</summary>
    public string? BalancedBy { get; init; }

    /// <summary>Whether more is better.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>Whether networks are compared by it.</summary>
    public bool IsCompared { get; init; }

    /// <summary>Whether a person watches it after every epoch.</summary>
    public bool IsWatched { get; init; }

    /// <summary>What its values are multiplied by to be read: 100 for %.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Digits after the point.</summary>
    public int Digits { get; init; } = 2;

    /// <summary>The unit of what is read, such as "% of the box width"; empty for none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The unit of a difference, where it is another.</summary>
    public string DifferenceUnit { get => field.Length > 0 ? field : Unit; init; } = "";

    /// <summary>Where curves of its distribution end, where less is better; null for where the data does.</summary>
    public double? CurveLimit { get; init; }

    /// <summary>Above this an example has failed; null for no such limit.</summary>
    public double? FailureThreshold { get; init; }

    /// <summary>Averages scores.</summary>
    /// <param name="scores">The scores of a run, which have the measure's column.</param>
    /// <param name="examples">The examples.</param>
    /// <param name="members">The examples to average over; null for all.</param>
    /// <returns>NaN where it applies to none of them.</returns>
    public double Over(ScoreTable scores, TestExamples examples, IReadOnlyCollection<int>? members = null)
    {
        var values = scores[Column];
        var chosen = members ?? [.. Enumerable.Range(0, values.Count)];
        if (BalancedBy is null || examples.By(BalancedBy) is not { } grouping)
        {
            return Mean(chosen.Select(example => values[example]));
        }

        return Mean(chosen.GroupBy(example => grouping.GroupOf[example]).Where(group => group.Key >= 0).Select(group => Mean(group.Select(example => values[example]))));
    }

    private static double Mean(IEnumerable<double> values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
