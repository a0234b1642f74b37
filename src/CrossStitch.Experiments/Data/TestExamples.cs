using System.Globalization;
using CrossStitch.Kernels.Models;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>The names and groups of examples: what results are broken down by. A study keeps those of its test examples as a CSV file.</summary>
/// <param name="Names">What each example is called.</param>
/// <param name="Groupings">The true classes of the tasks, then what else the data source knows.</param>
public sealed record TestExamples(IReadOnlyList<string> Names, IReadOnlyList<Grouping> Groupings)
{
    /// <summary>The file's name in a study's folder.</summary>
    public const string FileName = "test-examples.csv";

    private const string NameColumn = "name";

    /// <summary>How many examples there are.</summary>
    public int Count => Names.Count;

    /// <summary>A grouping; null if there is none of that name.</summary>
    /// <param name="name">Its name.</param>
    public Grouping? By(string name) => Groupings.FirstOrDefault(grouping => grouping.Name == name);

    /// <summary>Writes the file: a row an example, its name and its group in each grouping.</summary>
    /// <param name="path">Where to.</param>
    /// <exception cref="CrossStitchException">It cannot be written.</exception>
    public void Save(string path)
    {
        var rows = Names.Select((name, example) => Groupings
            .Select(grouping => grouping.GroupOf[example] is >= 0 and var group ? grouping.Groups[group] : "").Prepend(name));
        AtomicFile.WriteAllText(path, Csv.Text(Groupings.Select(grouping => grouping.Name).Prepend(NameColumn), rows));
    }

    /// <summary>Reads the file.</summary>
    /// <param name="path">Where from.</param>
    /// <param name="tasks">The tasks of the data, which give their classes an order; other groups are in order of appearance.</param>
    /// <exception cref="CrossStitchException">It is missing or damaged.</exception>
    public static TestExamples Load(string path, IReadOnlyList<LearningTask> tasks)
    {
        var (columns, rows) = Csv.Load(path);
        if (columns.Count == 0 || columns[0] != NameColumn)
        {
            throw new CrossStitchException($"{path}(1): not the test examples of a study: the first column is not '{NameColumn}'.");
        }

        if (rows.Count == 0)
        {
            throw new CrossStitchException($"{path}: no test example is left in it; go on with the command that began the study, which writes it again.");
        }

        return new TestExamples([.. rows.Select(row => row[0])], [.. columns.Skip(1).Select((name, i) => Read(name, [.. rows.Select(row => row[i + 1])], tasks))]);
    }

    /// <summary>Collects what data and labels say.</summary>
    internal static TestExamples Of(ILabelledData data, IReadOnlyList<LearningTask> tasks, IReadOnlyDictionary<string, float[]> labels)
    {
        var described = data as IDescribedData;
        return new TestExamples(
            [.. Enumerable.Range(0, data.Count).Select(example => described?.NameOf(example) ?? example.ToString(CultureInfo.InvariantCulture))],
            [
                .. tasks.Where(task => task is { ExportKind: HeadKind.Classification, LabelWidth: 1 })
                    .Select(task => new Grouping(task.Name, ClassNames(task), Array.ConvertAll(labels[task.Name], label => (int)label))),
                .. described?.Groupings ?? [],
            ]);
    }

    /// <summary>What the classes of a task are called.</summary>
    internal static IReadOnlyList<string> ClassNames(LearningTask task) => task.OutputNames.Count == task.Outputs
        ? task.OutputNames
        : [.. Enumerable.Range(0, task.Outputs).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static Grouping Read(string name, IReadOnlyList<string> cells, IReadOnlyList<LearningTask> tasks)
    {
        var groups = tasks.FirstOrDefault(task => task.Name == name) is { } task ? ClassNames(task) : [.. cells.Where(cell => cell.Length > 0).Distinct()];
        var places = groups.Select((group, place) => (group, place)).ToDictionary(pair => pair.group, pair => pair.place);
        return new Grouping(name, groups, [.. cells.Select(cell => places.GetValueOrDefault(cell, -1))]);
    }
}
