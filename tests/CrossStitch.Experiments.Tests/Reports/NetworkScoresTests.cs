using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Experiments.Tests.Statistics;

namespace CrossStitch.Experiments.Tests.Reports;

public sealed class NetworkScoresTests
{
    [Fact]
    public void Seeds_are_averaged_and_paired_with_the_baselines()
    {
        var results = StudyResults.Of(Study((1, 0.05, 0.04), (2, 0.06, 0.03)));

        Assert.Equal(["single", "split-all"], results.Variants.Select(variant => variant.Name));
        Assert.Equal(0.055, results.Variants[0].Of("mean_error")!.Mean, 6);
        Assert.Empty(results.Variants[0].AgainstBaseline);
        Assert.Equal(0.035, results.Variants[1].Of("mean_error")!.Mean, 6);
        Assert.Equal(((0.04 - 0.05) + (0.03 - 0.06)) / 2, results.Variants[1].AgainstBaseline["mean_error"].Difference, 6);
        Assert.Equal(0.9, results.Variants[1].Of("side_accuracy")!.Mean, 9);
        Assert.Null(results.Variants[0].Of("side_accuracy"));
        Assert.Equal(2, results.Variants[1].Seeds);
    }

    [Fact]
    public void The_table_is_readable_and_says_who_wins()
    {
        var study = Study((1, 0.055, 0.04));
        var table = new NetworkScores(study, StudyResults.Of(study));

        Assert.Equal(
            """
            | network | mean error | vs single | failure rate | kind accuracy | side accuracy |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | single | 5.50 |  | 100.0 |  |  |
            | split-all | 4.00 | −1.50 | 0.0 |  | 90.0 / 90.0 |

            """.ReplaceLineEndings("\n"),
            table.Markdown());
        Assert.Equal("Lowest mean error: split-all, 4.00 % of the range, against 5.50 % of the range of single, the baseline (one seed each, so small differences may be chance).", table.Winner());
    }

    private static Study Study(params (long Seed, double Single, double Split)[] seeds)
    {
        var recipe = MadeStudy.Recipe;
        var (single, split) = (Variant.Of(recipe, SmallRuns.Catalog.Networks["single"], []), Variant.Of(recipe, SmallRuns.Catalog.Networks["split"], recipe.Auxiliary()));
        return MadeStudy.Of([.. seeds.SelectMany(seed => new[] { MadeStudy.Run(single, seed.Seed, _ => seed.Single), MadeStudy.Run(split, seed.Seed, _ => seed.Split) })]);
    }
}
