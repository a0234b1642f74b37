using System.Text.RegularExpressions;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces.Training.Metrics;

namespace CrossStitch.Experiments.Tests.Statistics;

public sealed partial class StudyResultsTests
{
    private static readonly IReadOnlyList<StudyRun> ThreeSeeds = MadeStudy.Runs(
        3, ("single", 0.030), ("split-all", 0.040), ("cross-stitch-all", 0.025), ("related-cross-stitch-all", 0.030), ("cross-stitch-all@alike", 0.025));

    private static readonly StudyQuestion Alike = new("alike", "Alike", "Does being alike help?", ["cross-stitch-all", "cross-stitch-all@alike"]);

    [Fact]
    public void Networks_come_out_better_and_worse_and_neither()
    {
        var results = StudyResults.Of(MadeStudy.Of(ThreeSeeds));
        Assert.Equal(["single", "split-all", "cross-stitch-all", "related-cross-stitch-all"], results.Variants.Select(variant => variant.Variant));
        Assert.Equal(
            [null, Verdict.Worse, Verdict.Better, Verdict.NotDistinguishable],
            results.Variants.Select(variant => variant.AgainstBaseline?.Verdict));

        var better = results.Variants[2].AgainstBaseline!;
        Assert.Equal((3, MadeStudy.Faces, "single"), (better.Seeds, better.Faces, better.Baseline));
        Assert.Equal(-0.005, better.Difference, 0.001);
        Assert.InRange(-0.005, better.Interval.Low, better.Interval.High);
        Assert.True(better.PValue <= better.AdjustedPValue);
        Assert.Equal(Measure.FailureRate, results.Variants[2].FailuresAgainstBaseline!.Measure);
    }

    [Fact]
    public void The_verdict_says_whether_which_how_much_and_how_surely()
    {
        var verdict = StudyResults.Of(MadeStudy.Of(ThreeSeeds)).Verdict;
        Assert.Matches(
            @"^Sharing beat the baseline, cross-stitch-all by the most: against [23]\.\d\d % of the box width for single, its mean error is 0\.\d\d % of the box width lower "
            + @"\(95 % interval −0\.\d\d to −0\.\d\d, p [=<] [0-9.]+, corrected for 3 comparisons p [=<] [0-9.]+; 3 seeds, 80 faces\)\. "
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
        Assert.Equal(Alike.Variants, answer.Variants.Select(variant => variant.Variant));
        var comparison = Assert.Single(answer.Comparisons);
        Assert.Equal(("cross-stitch-all@alike", "cross-stitch-all"), (comparison.Variant, comparison.Baseline));
        Assert.StartsWith("cross-stitch-all@alike is not seen to differ from cross-stitch-all: its mean error is 0.0", answer.Sentence);
        Assert.EndsWith("seeds would be needed to see a difference of this size.", answer.Sentence);
        Assert.Null(answer.Variants[1].AgainstBaseline);

        var unanswered = StudyResults.Of(MadeStudy.Of(MadeStudy.Runs(3, ("single", 0.03)), Alike)).Questions[0];
        Assert.Empty(unanswered.Comparisons);
        Assert.Equal("Not answered yet: no variant has a finished run of the same seed as cross-stitch-all.", unanswered.Sentence);
    }

    [Fact]
    public void One_seed_says_nothing_of_others()
    {
        var results = StudyResults.Of(MadeStudy.Of(MadeStudy.Runs(1, ("single", 0.030), ("split-all", 0.040), ("cross-stitch-all", 0.025))));
        Assert.All(results.Variants, variant => Assert.Null(variant.MeanError.Interval));
        var comparison = results.Variants.Single(variant => variant.Variant == "split-all").AgainstBaseline!;
        Assert.Null(comparison.SeedsNeeded);
        Assert.EndsWith("; this speaks of these trained networks on other faces, not of networks trained with other seeds.", comparison.Sentence);
        Assert.EndsWith("with one seed, so this speaks of these trained networks on other faces, not of networks trained with other seeds.", results.Verdict);
    }

    [Fact]
    public void Missing_runs_are_done_without()
    {
        var runs = ThreeSeeds.Where(run => (run.Variant, run.Recipe.Seed) is not (("split-all", 1) or ("single", 3))).ToList();
        var results = StudyResults.Of(MadeStudy.Of(runs));
        var split = results.Variants.Single(variant => variant.Variant == "split-all");
        Assert.Equal(2, split.Seeds);
        Assert.Equal(1, split.AgainstBaseline!.Seeds);
        Assert.EndsWith("over 1 to 2 seeds.", results.Verdict);
    }

    [Fact]
    public void The_order_in_which_runs_ended_changes_nothing()
    {
        using var folders = new SmallRuns();
        StudyFiles.Write(folders.Folder("one"), StudyResults.Of(MadeStudy.Of(ThreeSeeds, Alike)));
        StudyFiles.Write(folders.Folder("other"), StudyResults.Of(MadeStudy.Of(
            [.. ThreeSeeds.Reverse().Select(run => run with { Result = run.Result with { TrainingSeconds = 1234 } })], Alike)));
        Assert.All(
            [StudyFiles.JsonName, StudyFiles.CsvName, StudyFiles.ComparisonsName],
            name => Assert.Equal(File.ReadAllBytes(Path.Combine(folders.Folder("one"), name)), File.ReadAllBytes(Path.Combine(folders.Folder("other"), name))));
    }

    [Fact]
    public void The_table_has_what_the_evaluation_of_a_run_has()
    {
        var results = StudyResults.Of(MadeStudy.Of([.. ThreeSeeds.Where(run => run.Recipe.Seed == 2)]));
        var run = ThreeSeeds.Single(run => run is { Variant: "split-all", Recipe.Seed: 2 });
        var test = FaceEvaluation.Measure(MadeStudy.TestFaces.Faces, run.Predictions).Overall;
        var split = results.Variants.Single(variant => variant.Variant == "split-all");
        Assert.Equal(test.Landmarks!.Overall.MeanError, split.MeanError.Mean);
        Assert.Equal(test.Landmarks.Overall.FailureRate, split.FailureRate.Mean);
        Assert.Equal(test.Landmarks.Landmarks.Select(landmark => landmark.MeanError), split.LandmarkErrors.Select(estimate => estimate.Mean));
        Assert.Equal(test.Landmarks.Overall.InterOcularError, split.InterOcularError!.Mean);
        Assert.Equal(test.Attributes["smile"].Accuracy, split.Accuracies["smile"].Mean);
        Assert.Equal(["smile"], split.BalancedAccuracies.Keys);
        Assert.Equal(test.Landmarks.Overall.MeanError, ErrorTable.FaceErrors(MadeStudy.TestFaces, run.Predictions).Average(), 1e-12);
        Assert.Equal((1000, 14), (split.Parameters, split.TrainingSeconds));
    }

    [Fact]
    public void Claims_of_the_paper_are_checked()
    {
        var claims = StudyResults.Of(MadeStudy.Of(ThreeSeeds)).Claims;
        Assert.Equal([ClaimFinding.Holds, ClaimFinding.NotShown, ClaimFinding.Contradicted], claims.Select(claim => claim.Finding));
        Assert.Equal(
            "This does not hold: of 1 related cross-stitch networks against the same without the relation, 0 with a lower mean error, 1 with a higher one and 0 with no difference seen.",
            claims[2].Sentence);
        Assert.All(StudyResults.Of(MadeStudy.Of([])).Claims, claim => Assert.Equal(ClaimFinding.NotTested, claim.Finding));
    }

    /// <summary>That a small study sees no difference does not make two networks alike; a large difference or a narrow interval tells.</summary>
    [Theory]
    [InlineData(8, 0.0300, ClaimFinding.Holds)]
    [InlineData(2, 0.0300, ClaimFinding.NotShown)]
    [InlineData(8, 0.0330, ClaimFinding.Contradicted)]
    [InlineData(8, 0.0270, ClaimFinding.Contradicted)]
    public void Networks_are_similar_only_where_the_whole_interval_is_near_the_baseline(int seeds, double error, ClaimFinding finding)
    {
        var claim = StudyResults.Of(MadeStudy.Of(MadeStudy.Runs(seeds, ("single", 0.03), ("related-cross-stitch-all", error)))).Claims[1];
        Assert.Equal(finding, claim.Finding);
        Assert.EndsWith($"; of {(finding == ClaimFinding.Holds ? 1 : 0)} the whole interval lies within 5 % of the baseline's mean error.", claim.Sentence);
    }

    [Fact]
    public void Csv_rows_have_a_cell_a_column_and_plain_numbers()
    {
        using var folders = new SmallRuns();
        StudyFiles.Write(folders.Folder("study"), StudyResults.Of(MadeStudy.Of(ThreeSeeds, Alike)));
        var rows = File.ReadAllLines(Path.Combine(folders.Folder("study"), StudyFiles.CsvName)).Select(line => line.Split(',')).ToList();
        Assert.Equal(6, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.Equal(rows[0].Length, rows[0].Distinct().Count());
        Assert.All(rows[0], column => Assert.Matches(ColumnName(), column));
        var split = rows.Single(row => row[0] == "split-all");
        string Cell(string column) => split[Array.IndexOf(rows[0], column)];
        Assert.Equal(("split", "pose+gender+glasses+smile", "3"), (Cell("network"), Cell("auxiliary"), Cell("seeds")));
        Assert.Equal(0.04, double.Parse(Cell("mean_error"), System.Globalization.CultureInfo.InvariantCulture), 0.001);
        Assert.Equal("worse", Cell("mean_error_vs_single_verdict"));
        Assert.Equal("", Cell("pose_accuracy"));

        var comparisons = File.ReadAllLines(Path.Combine(folders.Folder("study"), StudyFiles.ComparisonsName));
        Assert.Equal("question,measure,variant,compared_with,seeds,difference,difference_low,difference_high,p,p_corrected,verdict,seeds_needed", comparisons[0]);
        Assert.StartsWith("alike,mean_error,cross-stitch-all@alike,cross-stitch-all,3,", comparisons[1]);
        Assert.StartsWith("alike,failure_rate,", comparisons[2]);
    }

    [GeneratedRegex("^[a-z_]+$")]
    private static partial Regex ColumnName();
}
