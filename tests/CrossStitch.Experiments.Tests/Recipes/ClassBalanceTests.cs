using System.Text.Json;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Tests.Made;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Recipes;

public sealed class ClassBalanceTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Theory]
    [InlineData("kind", "kind=1")]
    [InlineData("KIND, side=0.5", "kind=1,side=0.5")]
    [InlineData("kind,kind=2", "kind=2")]
    [InlineData("None", "")]
    public void Tasks_are_read_as_a_user_writes_them(string text, string expected) => Assert.Equal(
        expected, string.Join(',', (ClassBalance.Parse(text, MadeData.AllTasks) ?? new Dictionary<string, double>()).Select(task => FormattableString.Invariant($"{task.Key}={task.Value}"))));

    [Theory]
    [InlineData("kinds", "Did you mean 'kind'?")]
    [InlineData("level", "'level' is no task of this data with classes to balance; there are kind, side, and none")]
    [InlineData("kind=", "'kind=' does not say how much")]
    [InlineData("kind=0", "above 0 and at most 10")]
    [InlineData("kind=11", "above 0 and at most 10")]
    [InlineData("kind=NaN", "above 0 and at most 10")]
    [InlineData("", "'' is no task")]
    public void What_cannot_be_balanced_is_refused(string text, string message)
    {
        var error = Assert.Throws<CrossStitchException>(() => ClassBalance.Parse(text, MadeData.AllTasks));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("balanced", error.Setting);
    }

    [Fact]
    public void A_recipe_without_is_written_as_before_and_one_with_is_read_again()
    {
        var plain = SmallRuns.Recipe();
        Assert.DoesNotContain("balanced", JsonSerializer.Serialize(plain, SmallRuns.Catalog.Json.Line), StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize<Recipe>(JsonSerializer.Serialize(Balanced(plain), SmallRuns.Catalog.Json.Line), SmallRuns.Catalog.Json.Line)!;
        Assert.Equal(0.5, Assert.Single(read.Balanced!).Value);
        Assert.Empty(ClassBalance.Offsets(plain, Examples(plain)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.1)]
    public void Offsets_are_logarithms_of_the_shares_among_the_examples_that_have_a_label(double? labelled)
    {
        var recipe = Balanced(SmallRuns.Recipe("split")) with { Labels = labelled is { } share ? new Dictionary<string, double> { ["kind"] = share } : null };
        var (batch, all) = (new Batch(recipe.Describe(SmallRuns.Catalog), 400) { Count = 400 }, Examples(recipe));
        all.Fill(batch, [.. Enumerable.Range(0, 400)], null);
        var labels = batch.Labels("kind").ToArray().Where(label => label != ClassificationTask.Missing).ToList();
        Assert.Equal(400 * (labelled ?? 1), labels.Count);
        var (task, offsets) = Assert.Single(ClassBalance.Offsets(recipe, all));
        Assert.Equal("kind", task);
        Assert.Equal(Enumerable.Range(0, 3).Select(kind => 0.5 * Math.Log(labels.Count(label => label == kind) / (double)labels.Count)), offsets, (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(offsets, Assert.IsType<ClassificationTask>(recipe.Describe(SmallRuns.Catalog, ClassBalance.Offsets(recipe, all)).Tasks[1]).LogitOffsets);
    }

    [Fact]
    public void A_class_without_examples_has_an_offset_too_and_a_task_that_is_not_learned_none()
    {
        var recipe = Balanced(SmallRuns.Recipe("split"));
        var batch = new Batch(recipe.Describe(SmallRuns.Catalog), 60) { Count = 60 };
        var all = new MadeExamples(0, 60);
        all.Fill(batch, [.. Enumerable.Range(0, 60)], null);
        int[] seen = [.. Enumerable.Range(0, 60).Where(i => batch.Label("kind", i)[0] != 2)];
        Assert.Equal(-0.5 * Math.Log(seen.Length), ClassBalance.Offsets(recipe, new SubsetData(all, seen))["kind"][2], 1e-12);
        Assert.Empty(ClassBalance.Offsets(Balanced(SmallRuns.Recipe("single")), Examples(recipe)));
    }

    [Fact]
    public void A_balanced_run_learns_something_else_and_goes_on_where_it_was_stopped()
    {
        var plain = SmallRuns.Recipe("split").WithAuxiliaryWeight(1);
        RunResult Executed(Recipe recipe, string name) => new TrainingRun(recipe, small.Data, small.Run(name)).Execute();
        var (before, after) = (Executed(plain, "plain"), Executed(Balanced(plain), "balanced"));
        Assert.NotEqual(before.Test!.Overall.Measures["mean_error"], after.Test!.Overall.Measures["mean_error"]);

        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new TrainingRun(Balanced(plain), small.Data, small.Run("stopped")).Execute(_ => stop.Cancel(), cancellation: stop.Token));
        Assert.Equal(after.Test.Overall.Measures, Executed(Balanced(plain), "stopped").Test!.Overall.Measures);
    }

    private static Recipe Balanced(Recipe recipe) => recipe with { Balanced = new Dictionary<string, double> { ["kind"] = 0.5 } };

    private static ILabelledData Examples(Recipe recipe) =>
        PartlyLabelled.Of(new MadeExamples(0, 400), [.. Enumerable.Range(0, 400)], recipe, recipe.Describe(SmallRuns.Catalog));
}
