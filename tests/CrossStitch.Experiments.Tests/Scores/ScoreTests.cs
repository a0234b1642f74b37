using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Tests.Made;

namespace CrossStitch.Experiments.Tests.Scores;

public sealed class ScoreTests : IDisposable
{
    private static readonly ExampleLabels Labels = ExampleLabels.Of(new MadeExamples(0, 6), MadeData.AllTasks, MadeData.Tower);

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Scores_survive_their_file_to_the_bit_with_those_that_do_not_apply()
    {
        var third = new Measure("third", "third", "level", sample => sample.Label("level")[0] > 0 ? sample.Label("level")[0] / 3.0 : double.NaN);
        var scores = ScoreTable.Of([third, .. MadeDomain.All], Outputs("level"), Labels);
        Assert.Contains(scores["third"], double.IsNaN);
        Assert.Contains(scores["third"], double.IsFinite);

        scores.Save(_path);

        var loaded = ScoreTable.Load(_path);
        Assert.Equal((6, 6), (scores.Count, loaded.Count));
        Assert.All(new[] { "third", "mean_error", "failure_rate" }, column => Assert.Equal(scores[column], loaded[column]));
        Assert.False(loaded.Has("kind_accuracy"));
    }

    [Theory]
    [InlineData("1\nmuch\n", "(3): 'much' is not a finite number")]
    [InlineData("1\nNaN\n", "(3): 'NaN' is not a finite number")]
    [InlineData("1\n1,2\n", "(3): the row has 2 cells")]
    public void A_damaged_file_is_an_error_that_says_where(string rows, string expected)
    {
        File.WriteAllText(_path, "mean_error\n" + rows);
        Assert.StartsWith(_path + expected, Assert.Throws<CrossStitchException>(() => ScoreTable.Load(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Balanced_over_groups_each_counts_alike_and_empty_ones_do_not_count()
    {
        File.WriteAllText(_path, "right\n1\n1\n1\n0\n0\n\n");
        var scores = ScoreTable.Load(_path);
        var examples = new TestExamples(["a", "b", "c", "d", "e", "f"], [new Grouping("kind", ["low", "middle", "high"], [0, 0, 0, 0, 2, -1])]);
        var plain = new Measure("right", "right", "kind", _ => 0);
        var balanced = plain with { Name = "balanced", Column = "right", BalancedBy = "kind" };

        Assert.Equal(0.6, plain.Over(scores, examples), 12);
        Assert.Equal((0.75 + 0) / 2, balanced.Over(scores, examples), 12);
        Assert.Equal(0.75, balanced.Over(scores, examples, [0, 1, 2, 3]), 12);
        Assert.True(double.IsNaN(balanced.Over(scores, examples, [5])));
        Assert.True(double.IsNaN(plain.Over(scores, examples, [5])));
    }

    [Fact]
    public void What_is_not_finite_is_refused_and_what_was_not_predicted_is_not_measured()
    {
        var outputs = Outputs("level", "side");
        var evaluation = Evaluation.Of(MadeDomain.All, ScoreTable.Of(MadeDomain.All, outputs, Labels), Labels.Examples, Predictions.Of(outputs, MadeData.AllTasks));
        Assert.Equal(["mean_error", "failure_rate", "side_accuracy", "side_balanced_accuracy"], evaluation.Overall.Measures.Keys);
        Assert.Equal(["side"], evaluation.Confusion.Keys);
        Assert.Equal(6, evaluation.Groups["parity"].Values.Sum(group => group.Examples));

        outputs["level"][3] = float.NaN;
        Assert.Contains("'level' is not a finite number", Assert.Throws<CrossStitchException>(() => ScoreTable.Of(MadeDomain.All, outputs, Labels)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_keep_classes_and_give_outputs_that_mean_the_same()
    {
        var predictions = Predictions.Of(new Dictionary<string, float[]> { ["kind"] = [0, 3, 1, 5, 4, 4] }, MadeData.AllTasks);
        Assert.Equal([1, 0], predictions.Tasks["kind"]);
        Assert.Equal([0, 1, 0, 1, 0, 0], predictions.Outputs(MadeData.AllTasks, 2)!["kind"]);
        Assert.Null(predictions.Outputs(MadeData.AllTasks, 3));
        Assert.Null(new Predictions(new Dictionary<string, float[]> { ["kind"] = [3, 0] }).Outputs(MadeData.AllTasks, 2));
        Assert.Null(new Predictions(new Dictionary<string, float[]> { ["mood"] = [1, 0] }).Outputs(MadeData.AllTasks, 2));
        Assert.Null(new Predictions(new Dictionary<string, float[]> { ["level"] = [1, 0, float.NaN, 0] }).Outputs(MadeData.AllTasks, 2));
    }

    [Fact]
    public void A_domain_that_says_nothing_measures_each_task_by_its_own_score()
    {
        var measures = new Domain().Measures(MadeData.AllTasks);
        Assert.Equal(["level_error", "kind_accuracy", "kind_balanced_accuracy", "side_accuracy", "side_balanced_accuracy"], measures.Select(measure => measure.Name));
        Assert.Equal(["level_error"], measures.Where(measure => measure.IsCompared).Select(measure => measure.Name));
        var scores = ScoreTable.Of(measures, Outputs("level", "kind", "side"), Labels);
        Assert.Equal(Math.Sqrt(2) * 0.25, scores["level_error"][0], 6);
        Assert.Equal(1, measures[1].Over(scores, Labels.Examples));
        Assert.Equal([("kind_accuracy", "kind_balanced_accuracy"), ("side_accuracy", "side_balanced_accuracy")], new Domain().Columns(MadeData.AllTasks).Skip(1).Select(column => (column.First, column.Second)));
    }

    /// <summary>Outputs that are off by a quarter, and classes that are right.</summary>
    private static Dictionary<string, float[]> Outputs(params string[] tasks) => MadeData.AllTasks.Where(task => tasks.Contains(task.Name)).ToDictionary(
        task => task.Name,
        task => Enumerable.Range(0, 6).SelectMany(i => task.Name == "level"
            ? Labels["level", i].ToArray().Select(level => level + 0.25f)
            : Enumerable.Range(0, task.Outputs).Select(place => place == (int)Labels[task.Name, i][0] ? 1f : 0f)).ToArray());
}
