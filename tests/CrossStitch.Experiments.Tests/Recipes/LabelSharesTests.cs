using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Tests.Recipes;

public sealed class LabelSharesTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    private static readonly string[] Tasks = ["level", "kind", "side"];

    [Theory]
    [InlineData("0.1", "level=0.1")]
    [InlineData("kind=0.5", "kind=0.5")]
    [InlineData("auxiliary=0.2,side=1", "kind=0.2,side=1")]
    [InlineData("LEVEL=0.1, kind=0.3", "level=0.1,kind=0.3")]
    [InlineData("1", "")]
    public void Shares_are_read_as_a_user_writes_them(string text, string expected) => Assert.Equal(
        expected, string.Join(',', (LabelShares.Parse(text, Tasks) ?? new Dictionary<string, double>()).Select(share => FormattableString.Invariant($"{share.Key}={share.Value}"))));

    [Theory]
    [InlineData("0", "'0' is no share")]
    [InlineData("1.5", "'1.5' is no share")]
    [InlineData("NaN", "'NaN' is no share")]
    [InlineData("10 %", "'10 %' is no share")]
    [InlineData("kind=", "'kind=' is no share")]
    [InlineData("kinds=0.1", "Did you mean 'kind'?")]
    [InlineData("", "'' is no share")]
    public void What_is_no_share_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<CrossStitchException>(() => LabelShares.Parse(text, Tasks)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_recipe_without_them_is_written_as_before()
    {
        var plain = SmallRuns.Recipe();
        var text = JsonSerializer.Serialize(plain, SmallRuns.Catalog.Json.Line);
        Assert.DoesNotContain("labels", text, StringComparison.Ordinal);
        Assert.DoesNotContain("member", text, StringComparison.Ordinal);
        var few = plain with { Labels = new Dictionary<string, double> { ["level"] = 0.1 }, Member = 2 };
        var read = JsonSerializer.Deserialize<Recipe>(JsonSerializer.Serialize(few, SmallRuns.Catalog.Json.Line), SmallRuns.Catalog.Json.Line)!;
        Assert.Equal((0.1, 2), (read.Labels!["level"], read.Member));
    }

    [Theory]
    [InlineData("level", 0.0, "labels.level")]
    [InlineData("level", 1.1, "labels.level")]
    [InlineData("depth", 0.5, "labels.depth")]
    public void A_recipe_with_a_wrong_share_is_refused(string task, double share, string setting) => Assert.Equal(
        setting, Assert.Throws<CrossStitchException>(() => (SmallRuns.Recipe() with { Labels = new Dictionary<string, double> { [task] = share } }).Validate(SmallRuns.Catalog)).Setting);

    [Fact]
    public void Another_member_of_an_ensemble_starts_from_other_weights_on_the_same_examples()
    {
        var first = SmallRuns.Recipe("single") with { Labels = new Dictionary<string, double> { ["level"] = 0.2 } };
        var second = first with { Member = 2 };
        Assert.NotEqual(first.TrainingSeed, second.TrainingSeed);
        Assert.Equal(first.Seed, (first with { Labels = null }).TrainingSeed);
        Assert.Throws<CrossStitchException>(() => (first with { Member = 1 }).Validate(SmallRuns.Catalog));
        var one = new TrainingRun(first, small.Data, small.Run("first")).Execute();
        var other = new TrainingRun(second, small.Data, small.Run("second")).Execute();
        Assert.NotEqual(one.Test!.Overall.Measures["mean_error"], other.Test!.Overall.Measures["mean_error"]);
    }
}
