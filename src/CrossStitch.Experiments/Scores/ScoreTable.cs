using System.Globalization;
using CrossStitch.Experiments.Data;

namespace CrossStitch.Experiments.Scores;

/// <summary>The scores of a run: for every measure a number an example. They are measured once; all tables, tests and figures read them.</summary>
public sealed class ScoreTable
{
    /// <summary>The furthest from 0 that a score can be: squares and sums of more could not be told from infinity.</summary>
    private const double MostScore = 1e100;

    private readonly Dictionary<string, double[]> _columns;

    private ScoreTable(Dictionary<string, double[]> columns) => _columns = columns;

    /// <summary>How many examples there are.</summary>
    public int Count => _columns.Values.FirstOrDefault()?.Length ?? 0;

    /// <summary>A column: a number an example; NaN where the measure does not apply.</summary>
    /// <param name="column">Its name.</param>
    public IReadOnlyList<double> this[string column] => _columns[column];

    /// <summary>Whether there is a column of that name.</summary>
    /// <param name="column">The name.</param>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>Measures predictions.</summary>
    /// <param name="measures">By what; those of tasks that were not predicted are left out.</param>
    /// <param name="outputs">By task name: [examples × outputs].</param>
    /// <param name="labels">What is true.</param>
    /// <exception cref="CrossStitchException">A prediction is not a finite number.</exception>
    public static ScoreTable Of(IReadOnlyList<Measure> measures, IReadOnlyDictionary<string, float[]> outputs, ExampleLabels labels)
    {
        // A NaN is above no threshold and would count as a success.
        if (outputs.FirstOrDefault(task => task.Value.Any(number => !float.IsFinite(number))).Key is { } broken)
        {
            throw new CrossStitchException($"A prediction of '{broken}' is not a finite number; train again with a lower learning rate.");
        }

        var tasks = labels.Tasks.ToDictionary(task => task.Name);
        return new ScoreTable(measures.Where(measure => measure.BalancedBy is null && outputs.ContainsKey(measure.Task)).ToDictionary(
            measure => measure.Name,
            measure => Enumerable.Range(0, labels.Examples.Count)
                .Select(example => tasks[measure.Task].HasLabel(labels[measure.Task, example]) ? measure.Of(new ExampleResult(outputs, labels, example)) : double.NaN).ToArray()));
    }

    /// <summary>Writes a CSV file: a row an example, a column a measure, numbers in full; empty where a measure does not apply.</summary>
    /// <param name="path">Where to.</param>
    /// <exception cref="CrossStitchException">It cannot be written.</exception>
    public void Save(string path) => AtomicFile.WriteAllText(path, Csv.Text(
        _columns.Keys,
        Enumerable.Range(0, Count).Select(example => _columns.Values.Select(column => double.IsNaN(column[example]) ? "" : column[example].ToString("R", CultureInfo.InvariantCulture)))));

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where from.</param>
    /// <exception cref="CrossStitchException">It is missing or damaged; the message says the line.</exception>
    public static ScoreTable Load(string path)
    {
        var (columns, rows) = Csv.Load(path);
        return new ScoreTable(columns.Select((name, i) => (name, Numbers: rows.Select((row, line) => Number(row[i], path, line + 2)).ToArray())).ToDictionary(column => column.name, column => column.Numbers));
    }

    private static double Number(string cell, string path, int line) => cell.Length == 0 ? double.NaN
        : double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= MostScore ? number
        : throw new CrossStitchException($"{path}({line}): '{Reports.ShownText.Of(cell, 40)}' is not a finite number; restore the file.");
}
