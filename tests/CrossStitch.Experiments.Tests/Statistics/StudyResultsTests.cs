using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Experiments.Tests.Made;

namespace CrossStitch.Experiments.Tests.Statistics;

public sealed partial class StudyResultsTests
{
    private static readonly IReadOnlyList<StudyRun> ThreeSeeds = MadeStudy.Runs(
        3, ("single", 0.030), ("split-all", 0.040), ("cross-stitch-all", 0.025), ("related-cross-stitch-all", 0.030), ("cross-stitch-all@alike", 0.025));

    private static readonly Question Alike = new("alike", "Alike", "Does being alike help?", ["cross-stitch-all", "cross-stitch-all@alike"]);

    [Fact]
    public void Networks_come_out_better_and_worse_and_neither()
    {
        var results = StudyResults.Of(MadeStudy.Of(ThreeSeeds));
        Assert.Equal(["single", "split-all", "cross-stitch-all", "related-cross-stitch-all"], results.Variants.Select(variant => variant.Name));
        Assert.Equal(
            [default(Verdict?), Verdict.Worse, Verdict.Better, Verdict.NotDistinguishable],
            results.Variants.Select(variant => variant.AgainstBaseline.GetValueOrDefault("mean_error")?.Verdict));

        var better = results.Variants[2].AgainstBaseline["mean_error"];
        Assert.Equal((3, MadeStudy.Examples, "single"), (better.Seeds, better.Examples, better.Baseline));
        Assert.Equal(-0.005, better.Difference, 0.001);
        Assert.InRange(-0.005, better.Interval.Low, better.Interval.High);
        Assert.True(better.PValue <= better.AdjustedPValue);
        Assert.Equal(["mean_error", "failure_rate"], results.Variants[2].AgainstBaseline.Keys);
    }

    [Fact]
    public void The_verdict_says_whether_which_how_much_and_how_surely()
    {
        var verdict = StudyResults.Of(MadeStudy.Of(ThreeSeeds)).Verdict;
        Assert.Matches(
            @"^Sharing beat the baseline, cross-stitch-all by the most: against [23]\.\d\d % of the range for single, its mean error is 0\.\d\d % of the range lower "
            + @"\(95 % interval −0\.\d\d to −0\.\d\d, p [=<] [0-9.]+, corrected for 3 comparisons p [=<] [0-9.]+; 3 seeds, 80 test examples\)\. "
            + @"Of 3 compared with single, 1 came out better, 1 worse and 1 with no difference seen, over 3 seeds\.$",
            verdict);

        Assert.StartsWith(
            "Sharing is not shown to beat the baseline; split-all came nearest: ",
            StudyResults.Of(MadeStudy.Of(MadeStudy.Runs(3, ("single", 0.03), ("split-all", 0.03)))).Verdict);
        Assert.StartsWith(
            "Sharing did not beat the baseline; split-all came nearest: ",
            StudyResults.Of(MadeStudy.Of(MadeStudy.Runs(3, ("single", 0.03), ("split-all", 0.04)))).Verdict);
        Assert.StartsWith("Nothing can be said yet.", StudyResults.Of(MadeStudy.Of(MadeStudy.Runs(3, ("single", 0.03)))).Verdict);
        Assert.StartsWith("Nothing can be said yet.", StudyResults.Of(MadeStudy.Of([])).Verdict);
    }

    [Fact]
    public void A_question_compares_with_its_first_variant()
    {
        var answer = Assert.Single(StudyResults.Of(MadeStudy.Of(ThreeSeeds, Alike)).Questions);
        Assert.Equal(Alike.Variants, answer.Variants.Select(variant => variant.Name));
        var comparison = Assert.Single(answer.Main);
        Assert.Equal(["mean_error", "failure_rate"], answer.Comparisons.Keys);
        Assert.Equal(("cross-stitch-all@alike", "cross-stitch-all"), (comparison.Variant, comparison.Baseline));
        Assert.StartsWith("cross-stitch-all@alike is not seen to differ from cross-stitch-all: its mean error is 0.0", answer.Sentence);
        Assert.EndsWith("seeds would be needed to see a difference of this size.", answer.Sentence);
        Assert.Empty(answer.Variants[1].AgainstBaseline);

        var unanswered = StudyResults.Of(MadeStudy.Of(MadeStudy.Runs(3, ("single", 0.03)), Alike)).Questions[0];
        Assert.Empty(unanswered.Main);
        Assert.Equal("Not answered yet: no variant has a finished run of the same seed as cross-stitch-all.", unanswered.Sentence);
    }

    [Fact]
    public void One_seed_says_nothing_of_others()
    {
        var results = StudyResults.Of(MadeStudy.Of(MadeStudy.Runs(1, ("single", 0.030), ("split-all", 0.040), ("cross-stitch-all", 0.025))));
        Assert.All(results.Variants, variant => Assert.Null(variant.Of("mean_error")!.Interval));
        var comparison = results.Variants.Single(variant => variant.Name == "split-all").AgainstBaseline["mean_error"];
        Assert.Null(comparison.SeedsNeeded);
        Assert.True(comparison.AdjustedPValue < 0.001);
        Assert.Equal(Verdict.OneSeed, comparison.Verdict);
        Assert.StartsWith("split-all has one seed in common with single, which gives no verdict: its mean error is ", comparison.Sentence);
        Assert.DoesNotContain(results.Variants.SelectMany(variant => variant.AgainstBaseline.Values), one => one.Sentence.Contains("better", StringComparison.Ordinal) || one.Sentence.Contains("worse", StringComparison.Ordinal));
        Assert.StartsWith("Whether sharing beats the baseline cannot be said from one seed; cross-stitch-all did best beside it: ", results.Verdict);
        Assert.EndsWith("; this speaks of these trained networks on other examples, not of networks trained with other seeds.", comparison.Sentence);
        Assert.EndsWith("with one seed, so this speaks of these trained networks on other examples, not of networks trained with other seeds.", results.Verdict);
    }

    [Fact]
    public void Missing_runs_are_done_without()
    {
        var runs = ThreeSeeds.Where(run => (run.Variant.Name, run.Recipe.Seed) is not (("split-all", 1) or ("single", 3))).ToList();
        var results = StudyResults.Of(MadeStudy.Of(runs));
        var split = results.Variants.Single(variant => variant.Name == "split-all");
        Assert.Equal(2, split.Seeds);
        Assert.Equal((1, Verdict.OneSeed), (split.AgainstBaseline["mean_error"].Seeds, split.AgainstBaseline["mean_error"].Verdict));
        Assert.Contains(", 1 without a verdict for want of a second seed, over", results.Verdict);
        Assert.EndsWith("over 1 to 2 seeds.", results.Verdict);
    }

    [Fact]
    public void The_order_in_which_runs_ended_changes_nothing()
    {
        using var folders = new SmallRuns();
        var study = MadeStudy.Of(ThreeSeeds, Alike);
        Write(study with { Folder = folders.Folder("one") });
        Write(study with { Folder = folders.Folder("other"), Runs = [.. ThreeSeeds.Reverse().Select(run => run with { Result = run.Result with { TrainingSeconds = 1234 } })] });
        Assert.All(
            [StudyFiles.JsonName, StudyFiles.CsvName, StudyFiles.ComparisonsName, StudyFiles.MarkdownName],
            name => Assert.Equal(File.ReadAllBytes(Path.Combine(folders.Folder("one"), name)), File.ReadAllBytes(Path.Combine(folders.Folder("other"), name))));
    }

    [Fact]
    public void The_table_has_what_the_evaluation_of_a_run_has()
    {
        var results = StudyResults.Of(MadeStudy.Of([.. ThreeSeeds.Where(run => run.Recipe.Seed == 2)]));
        var run = ThreeSeeds.Single(run => run is { Variant.Name: "split-all", Recipe.Seed: 2 });
        var test = Evaluation.Of(MadeDomain.All, run.Scores, MadeStudy.Labels.Examples, run.Predictions).Overall;
        var split = results.Variants.Single(variant => variant.Name == "split-all");
        Assert.Equal(["mean_error", "failure_rate", "side_accuracy", "side_balanced_accuracy"], split.Measures.Keys);
        Assert.All(split.Measures, measure => Assert.Equal(test.Measures[measure.Key], measure.Value.Mean));
        Assert.Equal(0.9, split.Measures["side_accuracy"].Mean, 12);
        Assert.Equal((1000, 14), (split.Parameters, split.TrainingSeconds));
    }

    [Fact]
    public void Csv_rows_have_a_cell_a_column_and_plain_numbers()
    {
        using var folders = new SmallRuns();
        Write(MadeStudy.Of(ThreeSeeds, Alike) with { Folder = folders.Folder("study") });
        var rows = File.ReadAllLines(Path.Combine(folders.Folder("study"), StudyFiles.CsvName)).Select(line => line.Split(',')).ToList();
        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.Equal(rows[0].Length, rows[0].Distinct().Count());
        Assert.All(rows[0], column => Assert.Matches(ColumnName(), column));
        var split = rows.Single(row => row[0] == "split-all");
        string Cell(string column) => split[Array.IndexOf(rows[0], column)];
        Assert.Equal(("split", "kind+side", "3"), (Cell("network"), Cell("auxiliary"), Cell("seeds")));
        Assert.Equal(0.04, double.Parse(Cell("mean_error"), System.Globalization.CultureInfo.InvariantCulture), 0.001);
        Assert.Equal("worse", Cell("mean_error_vs_single_verdict"));
        Assert.Equal("", Cell("kind_accuracy"));
        Assert.Equal("0.9", Cell("side_accuracy"));

        var comparisons = File.ReadAllLines(Path.Combine(folders.Folder("study"), StudyFiles.ComparisonsName));
        Assert.Equal("question,measure,variant,compared_with,seeds,difference,difference_low,difference_high,p,p_corrected,verdict,seeds_needed", comparisons[0]);
        Assert.StartsWith("alike,mean_error,cross-stitch-all@alike,cross-stitch-all,3,", comparisons[1]);
        Assert.StartsWith("alike,failure_rate,", comparisons[2]);
    }

    [Fact]
    public void The_file_of_all_results_names_measures_and_holds_no_time()
    {
        using var folders = new SmallRuns();
        Write(MadeStudy.Of(ThreeSeeds, Alike) with { Folder = folders.Folder("json") });
        var text = File.ReadAllText(Path.Combine(folders.Folder("json"), StudyFiles.JsonName));
        var split = JsonNode.Parse(text)!["variants"]![1]!;
        Assert.Equal("split-all", (string?)split["variant"]!["name"]);
        Assert.Equal(0.04, (double)split["measures"]!["mean_error"]!["mean"]!, 0.001);
        Assert.Equal("mean_error", (string?)split["againstBaseline"]!["mean_error"]!["measure"]);
        Assert.Equal("worse", (string?)split["againstBaseline"]!["mean_error"]!["verdict"]);
        Assert.DoesNotContain("econds", text, StringComparison.Ordinal);
    }

    private static void Write(Study study)
    {
        Directory.CreateDirectory(study.Folder);
        StudyFiles.Write(study, StudyResults.Of(study));
    }

    [GeneratedRegex("^[a-z_]+$")]
    private static partial Regex ColumnName();
}
