using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Relations;

namespace CrossStitch.Experiments.Tests.Comparison;

public sealed class StudyPlanTests
{
    private static readonly Recipe Base = new() { Threads = 1 };

    [Fact]
    public void A_study_is_the_papers_21_networks_with_every_seed()
    {
        var plan = StudyPlan.Create(Base, [1, 2, 3], []);
        Assert.Equal(63, plan.Runs.Count);
        string[] sets = ["pose", "gender", "glasses", "smile", "all"];
        string[] networks = ["split", "cross-stitch", "related", "related-cross-stitch"];
        Assert.Equal(["single", .. networks.SelectMany(network => sets.Select(set => $"{network}-{set}"))], plan.Runs.Take(21).Select(run => run.Variant));
        Assert.All(plan.Runs.Take(21), run => Assert.Equal(1, run.Recipe.Seed));
        Assert.Equal(63, plan.Runs.Select(run => run.FolderName).Distinct().Count());
        Assert.Empty(plan.Questions);
    }

    [Fact]
    public void Questions_come_after_the_main_comparison_and_run_nothing_twice()
    {
        var plan = StudyPlan.Create(Base, [1, 2], OpenQuestion.All);
        Assert.All(plan.Runs.Take(42), run => Assert.DoesNotContain('@', run.Variant));
        Assert.All(plan.Runs.Skip(42), run => Assert.Contains('@', run.Variant));
        Assert.Equal(plan.Runs.Count, plan.Runs.Select(run => run.FolderName).Distinct().Count());
        var known = plan.Runs.Select(run => run.Variant).ToHashSet();
        Assert.All(plan.Questions.SelectMany(question => question.Variants), variant => Assert.Contains(variant, known));
        Assert.All(plan.Runs, run => run.Recipe.Validate());
    }

    [Fact]
    public void A_variant_differs_in_what_its_name_says_and_in_nothing_else()
    {
        var plan = StudyPlan.Create(Base, [7], OpenQuestion.All);
        Recipe Of(string variant) => plan.Runs.Single(run => run.Variant == variant).Recipe;
        var stitched = Of("cross-stitch-all");
        var related = Of("related-cross-stitch-all");
        Assert.Equal(stitched with { AuxiliaryWeight = 0 }, Of("cross-stitch-all@lambda-0"));
        Assert.Equal(stitched with { Training = stitched.Training with { StitchRate = 100 } }, Of("cross-stitch-all@stitch-rate-100"));
        Assert.Equal(stitched with { Stitches = new(PerChannel: true, Same: 1, Other: 0) }, Of("cross-stitch-all@start-1-0"));
        Assert.Equal(stitched with { Stitches = new(PerChannel: false) }, Of("cross-stitch-all@per-layer"));
        Assert.Equal(related with { Training = related.Training with { RelationRate = 1000 } }, Of("related-cross-stitch-all@relation-rate-1000"));
        Assert.Equal(related with { Relation = related.Relation with { Penalty = RelationPenalty.Squared } }, Of("related-cross-stitch-all@squared"));
    }

    [Theory]
    [InlineData("all", 8)]
    [InlineData("none", 0)]
    [InlineData("penalty, two-towers", 2)]
    public void Questions_are_named_as_a_user_writes_them(string text, int count) => Assert.Equal(count, OpenQuestion.Parse(text).Count);

    [Fact]
    public void An_unknown_question_is_named() =>
        Assert.Contains("'why'", Assert.Throws<CrossStitchException>(() => OpenQuestion.Parse("penalty,why")).Message, StringComparison.Ordinal);
}
