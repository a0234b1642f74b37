using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Kernels.Models;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>
/// How a kind of example is measured, spoken of and reported. This one fits any data: each task's own score; a domain of your
/// own derives from it and replaces what it knows better.
/// </summary>
public class Domain
{
    /// <summary>What an example is called; with an s, what several are.</summary>
    public virtual string Example => "example";

    /// <summary>The title of a report.</summary>
    public virtual string Title => "Ways of sharing, compared";

    /// <summary>A line above the title; empty for none.</summary>
    public virtual string Source => "";

    /// <summary>What a report asks, in a sentence or two.</summary>
    public virtual string Lead => "Does a network do better on its main task when it also learns others? And if so, by which way of sharing?";

    /// <summary>The names of files that <see cref="Dataset.SaveTest"/> and <see cref="DataRecipe.TryPack"/> write into a study's folder.</summary>
    public virtual IReadOnlyList<string> StudyFiles => [];

    /// <summary>The names of files that <see cref="Dataset.SaveTraining"/> writes into a run's folder.</summary>
    public virtual IReadOnlyList<string> RunFiles => [];

    /// <summary>The groupings that the table of an evaluation has; null for all that there are.</summary>
    public virtual IReadOnlyList<string>? Breakdown => null;

    /// <summary>Sections of a report that only this domain has.</summary>
    public virtual IReadOnlyList<ReportSection> Sections => [];

    /// <summary>a_j of the weight relation (eq. 7) that a paper ends with, from the first layer to the last, to mark in figures; empty for none.</summary>
    public virtual IReadOnlyList<double> StatedScales => [];

    /// <summary>
    /// What is measured of every test example. The first is the main one; those with <see cref="Measure.IsCompared"/> are what
    /// networks are compared by.
    /// </summary>
    /// <param name="tasks">The tasks of the data; the first is the main one.</param>
    public virtual IReadOnlyList<Measure> Measures(IReadOnlyList<LearningTask> tasks) => [.. tasks.SelectMany((task, i) => OfTask(task, isMain: i == 0))];

    /// <summary>The columns of the table that compares networks.</summary>
    /// <param name="tasks">The tasks of the data.</param>
    public virtual IReadOnlyList<ScoreColumn> Columns(IReadOnlyList<LearningTask> tasks)
    {
        var measures = Measures(tasks);
        return [.. measures.Where(measure => measure.BalancedBy is null)
            .Select(measure => new ScoreColumn(measure.Title, measure.Name, measures.FirstOrDefault(other => other.BalancedBy is not null && other.Column == measure.Name)?.Name))];
    }

    /// <summary>The tables of an evaluation.</summary>
    /// <param name="tasks">The tasks of the data.</param>
    public virtual IReadOnlyList<MeasureTable> Tables(IReadOnlyList<LearningTask> tasks) =>
        [new("measure", ["value"], [.. Measures(tasks).Select(measure => (measure.Title, (IReadOnlyList<string>)[measure.Name]))])];

    /// <summary>What to say below the tables of an evaluation, a sentence each.</summary>
    /// <param name="overall">What was measured.</param>
    public virtual IReadOnlyList<string> Remarks(GroupEvaluation overall) => [];

    /// <summary>What the numbers in tables are, in a sentence or two.</summary>
    /// <param name="tasks">The tasks of the data.</param>
    public virtual string Legend(IReadOnlyList<LearningTask> tasks) =>
        Measures(tasks).Any(measure => measure.BalancedBy is not null) ? "Accuracies in %, then balanced accuracies." : "Means over the test examples.";

    /// <summary>What flatters results on these examples, in a sentence; null if nothing does.</summary>
    /// <param name="examples">The examples that were measured.</param>
    public virtual string? Caution(TestExamples examples) => null;

    /// <summary>What a reader should know of a study on this data, in a sentence; null for nothing.</summary>
    /// <param name="data">The data.</param>
    public virtual string? Note(DataRecipe data) => null;

    /// <summary>Claims that a study can be held against.</summary>
    /// <param name="study">The study.</param>
    /// <param name="table">The scores of all runs.</param>
    /// <param name="againstBaseline">The comparisons of every network with the baseline, by the first measure.</param>
    /// <param name="seed">Names the bootstrap's draws.</param>
    public virtual IReadOnlyList<ClaimCheck> Claims(Study study, ScoreSet table, IReadOnlyList<PairedComparison> againstBaseline, long seed) => [];

    /// <summary>The command line that repeats a study; null if there is none.</summary>
    /// <param name="study">The study.</param>
    public virtual string? Command(Study study) => null;

    /// <summary>Reads the test examples that <see cref="Dataset.SaveTest"/> wrote; null if nothing is there.</summary>
    /// <param name="folder">The study's folder.</param>
    public virtual ILabelledData? OpenTest(string folder) => null;

    /// <summary>The measures of a task by its own score: their mean, and for classes the balanced mean.</summary>
    /// <param name="task">The task.</param>
    /// <param name="isMain">Whether networks are compared by it.</param>
    protected static IEnumerable<Measure> OfTask(LearningTask task, bool isMain)
    {
        var score = task.Scored;
        var mean = new Measure($"{Snake(task.Name)}_{Snake(score.Name)}", $"{task.Name} {score.Name}", task.Name, example => task.Score(example.Output(task.Name), example.Label(task.Name)))
        {
            HigherIsBetter = score.HigherIsBetter,
            IsCompared = isMain,
            IsWatched = true,
            Factor = score.IsShare ? 100 : 1,
            Digits = score.IsShare ? 1 : 3,
            Unit = score.IsShare ? "%" : "",
        };
        yield return mean;
        if (task is { ExportKind: HeadKind.Classification, LabelWidth: 1 } && score.IsShare)
        {
            yield return mean with { Name = $"{Snake(task.Name)}_balanced_{Snake(score.Name)}", Title = $"{task.Name} balanced {score.Name}", Column = mean.Name, BalancedBy = task.Name, IsCompared = false, IsWatched = false };
        }
    }

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name.Replace('-', '_').Replace(' ', '_'));
}
