using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Paper;
using CrossStitch.Relations;

namespace CrossStitch.Faces.Training.Tests.Paper;

public sealed class PaperStudyTests
{
    private static readonly Recipe Base = Recipe.For(new DrawnData()) with { Threads = 1 };

    [Fact]
    public void A_study_is_the_papers_21_networks_with_every_seed()
    {
        var plan = PaperStudy.Plan(Base, [1, 2, 3], [], SmallRuns.Catalog);
        var runs = plan.Runs(SmallRuns.Catalog);
        Assert.Equal(63, runs.Count);
        string[] sets = ["pose", "gender", "glasses", "smile", "all"];
        string[] networks = ["split", "cross-stitch", "related", "related-cross-stitch"];
        Assert.Equal(["single", .. networks.SelectMany(network => sets.Select(set => $"{network}-{set}"))], runs.Take(21).Select(run => run.Variant.Name));
        Assert.All(runs.Take(21), run => Assert.Equal(1, run.Recipe.Seed));
        Assert.Equal(63, runs.Select(run => run.FolderName).Distinct().Count());
        Assert.Empty(plan.Questions);
    }

    [Fact]
    public void Questions_come_after_the_main_comparison_and_run_nothing_twice()
    {
        var plan = PaperStudy.Plan(Base, [1, 2], OpenQuestion.All, SmallRuns.Catalog);
        var runs = plan.Runs(SmallRuns.Catalog);
        Assert.All(runs.Take(42), run => Assert.DoesNotContain('@', run.Variant.Name));
        Assert.All(runs.Skip(42), run => Assert.Contains('@', run.Variant.Name));
        Assert.Equal(runs.Count, runs.Select(run => run.FolderName).Distinct().Count());
        var known = runs.Select(run => run.Variant.Name).ToHashSet();
        Assert.All(plan.Questions.SelectMany(question => question.Variants), variant => Assert.Contains(variant, known));
        Assert.All(runs, run => run.Recipe.Validate(SmallRuns.Catalog));
    }

    [Fact]
    public void A_variant_differs_in_what_its_name_says_and_in_nothing_else()
    {
        var runs = PaperStudy.Plan(Base, [7], OpenQuestion.All, SmallRuns.Catalog).Runs(SmallRuns.Catalog);
        Recipe Of(string variant) => runs.Single(run => run.Variant.Name == variant).Recipe;
        var stitched = Of("cross-stitch-all");
        var related = Of("related-cross-stitch-all");
        Same(stitched.WithAuxiliaryWeight(0), Of("cross-stitch-all@lambda-0"));
        Same(stitched.WithAuxiliaryWeight(0.05), Of("cross-stitch-all@lambda-0.05"));
        Same(stitched with { Training = stitched.Training with { StitchRate = 100 } }, Of("cross-stitch-all@stitch-rate-100"));
        Same(stitched with { Stitches = new(PerChannel: true, Same: 1, Other: 0) }, Of("cross-stitch-all@start-1-0"));
        Same(stitched with { Stitches = new(PerChannel: false) }, Of("cross-stitch-all@per-layer"));
        Same(related with { Training = related.Training with { RelationRate = 1000 } }, Of("related-cross-stitch-all@relation-rate-1000"));
        Same(related with { Relation = related.Relation with { Penalty = RelationPenalty.Squared } }, Of("related-cross-stitch-all@squared"));

        static void Same(Recipe expected, Recipe found) =>
            Assert.Equal(JsonSerializer.Serialize(expected, SmallRuns.Catalog.Json.Indented), JsonSerializer.Serialize(found, SmallRuns.Catalog.Json.Indented));
    }

    [Theory]
    [InlineData("all", 8)]
    [InlineData("none", 0)]
    [InlineData("penalty, two-towers", 2)]
    public void Questions_are_named_as_a_user_writes_them(string text, int count) => Assert.Equal(count, OpenQuestion.Parse(text).Count);

    [Fact]
    public void An_unknown_question_is_named() =>
        Assert.Contains("'why'", Assert.Throws<CrossStitchException>(() => OpenQuestion.Parse("penalty,why")).Message, StringComparison.Ordinal);

    [Fact]
    public void All_or_none_cannot_be_joined_with_others() =>
        Assert.Contains("'all' stands for all questions", Assert.Throws<CrossStitchException>(() => OpenQuestion.Parse("all,penalty")).Message, StringComparison.Ordinal);
}
