using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Experiments.Tests.Made;

namespace CrossStitch.Experiments.Tests.Damage;

public sealed class DamagedStudyTests(SmallStudy small) : IClassFixture<SmallStudy>
{
    private const string Run = SmallStudy.Stitched;

    private static readonly bool Slow = Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1";

    [Fact]
    public void Whatever_is_damaged_in_a_file_is_read_or_is_an_error_that_says_so()
    {
        var folder = small.Copy();
        var run = new RunFolder(Path.Combine(folder, Run), SmallRuns.Catalog);
        var readers = new Dictionary<string, Action>
        {
            ["study.json"] = () => StudyPlanFile.Find(folder, SmallRuns.Catalog),
            ["test-examples.csv"] = () => TestExamples.Load(Path.Combine(folder, TestExamples.FileName), MadeData.AllTasks),
            [$"{Run}/recipe.json"] = () => run.LoadRecipe(),
            [$"{Run}/result.json"] = () => run.LoadResult(),
            [$"{Run}/metrics.jsonl"] = () => run.LoadMetrics(),
            [$"{Run}/predictions.json"] = () => run.LoadPredictions().Outputs(MadeData.AllTasks, 24),
            [$"{Run}/scores.csv"] = () => ScoreTable.Load(run.ScoresPath),
        };
        Assert.Equal(SmallStudy.Files, readers.Keys);
        foreach (var (name, read) in readers)
        {
            var (whole, refused) = Damage(folder, name, Slow ? 20_000 : 250, read);
            Assert.True(whole > 0, name);
            Assert.True(refused > 0 || name.EndsWith(".jsonl", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void Whatever_is_damaged_in_a_run_the_study_is_read_and_has_results()
    {
        var folder = small.Copy();
        foreach (var name in SmallStudy.Files)
        {
            var (_, refused) = Damage(folder, name, Slow ? 1000 : 15, () =>
            {
                var study = Study.Load(folder, SmallRuns.Catalog);
                StudyFiles.Write(study, StudyResults.Of(study));
            });
            Assert.True(refused == 0 || !name.StartsWith(Run, StringComparison.Ordinal), name);
        }
    }

    [Theory]
    [InlineData("recipe.json", "{", "recipe.json(1): not a recipe of this version")]
    [InlineData("result.json", "{}", "result.json(1): not a result of this version")]
    [InlineData("result.json", "\0\0\0\0", "result.json(1): not a result of this version")]
    [InlineData("predictions.json", "{\"level\": [1]}", "predictions.json: damaged, or not of the study's 24 test samples")]
    [InlineData("scores.csv", "mean_error\n1\n", "scores.csv: has 1 rows, and the study 24 test samples")]
    public void A_damaged_run_is_left_out_and_the_report_of_the_others_says_so(string name, string content, string reason)
    {
        var folder = small.Copy();
        File.WriteAllText(Path.Combine(folder, Run, name), content);

        var study = Study.Load(folder, SmallRuns.Catalog);

        Assert.Equal(["single", "split-all"], study.Runs.Select(run => run.Variant.Name));
        var failure = Assert.Single(study.Failures);
        Assert.Equal(("related-cross-stitch-all", 1, true), (failure.Variant, failure.Seed, failure.IsDamaged));
        Assert.StartsWith($"{Run}/{reason}", failure.Reason, StringComparison.Ordinal);
        var results = StudyResults.Of(study);
        Assert.Equal(["single", "split-all"], results.Variants.Select(variant => variant.Name));
        StudyReport.Write(study, results, TestContext.Current.CancellationToken);
        var page = File.ReadAllText(Path.Combine(folder, StudyReport.FileName));
        Assert.Contains("1 run has a damaged file and is missing from every number above.", page, StringComparison.Ordinal);
        Assert.Contains("--redo-damaged", page, StringComparison.Ordinal);
        Assert.Contains(name, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_weights_and_metrics_cost_their_figures_alone()
    {
        var folder = small.Copy();
        var run = new RunFolder(Path.Combine(folder, Run), SmallRuns.Catalog);
        File.WriteAllBytes(run.FinalCheckpointPath, [1, 2, 3]);
        File.WriteAllLines(run.MetricsPath, File.ReadAllLines(run.MetricsPath)[1..]);

        var study = Study.Load(folder, SmallRuns.Catalog);
        StudyReport.Write(study, StudyResults.Of(study), TestContext.Current.CancellationToken);

        Assert.Equal(3, study.Runs.Count);
        var page = File.ReadAllText(Path.Combine(folder, StudyReport.FileName));
        Assert.Contains($"epochs are missing from the curves: 1 of 2 of {Run}.", page, StringComparison.Ordinal);
        Assert.Contains("what each channel of related-cross-stitch-all mixes: ", page, StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadAllText(Path.Combine(WholeReport(), StudyReport.FileName)), "missing from the curves", StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_runs_are_done_again_where_that_is_asked_for_and_nothing_of_them_is_deleted()
    {
        var folder = small.Copy();
        var before = Results(folder);
        var (result, scores) = (Path.Combine(folder, Run, "result.json"), Path.Combine(folder, "single-seed1", "scores.csv"));
        File.WriteAllText(result, "damaged");
        File.WriteAllText(scores, "damaged");

        small.Runner(folder).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2, Study.Load(folder, SmallRuns.Catalog).Failures.Count(failure => failure.IsDamaged));
        Assert.Equal("damaged", File.ReadAllText(result));

        small.Runner(folder, redoDamaged: true).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(Study.Load(folder, SmallRuns.Catalog).Failures);
        Assert.Equal(before, Results(folder));
        Assert.Equal(["related-cross-stitch-all-seed1.damaged1", "single-seed1.damaged1"], Directory.GetDirectories(folder, "*.damaged*").Select(Path.GetFileName).Order());
        Assert.Equal("damaged", File.ReadAllText(Path.Combine(folder, $"{Run}.damaged1", "result.json")));

        // A second time there is nothing to do again.
        small.Runner(folder, redoDamaged: true).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2, Directory.GetDirectories(folder, "*.damaged*").Length);
    }

    private static string Results(string folder)
    {
        var study = Study.Load(folder, SmallRuns.Catalog);
        StudyFiles.Write(study, StudyResults.Of(study));
        return string.Concat(StudyFiles.Names.Select(name => File.ReadAllText(Path.Combine(folder, name))));
    }

    /// <summary>Damages a file in many ways and reads it: how often it was read all the same, and how often refused with an error of ours.</summary>
    private static (int Read, int Refused) Damage(string folder, string name, int times, Action read)
    {
        var path = Path.Combine(folder, name);
        var whole = File.ReadAllText(path);
        var refused = 0;
        for (var number = 0; number < times; number++)
        {
            File.WriteAllText(path, TextMutator.Damage(whole, number));
            switch (Record.Exception(read))
            {
                case null:
                    break;
                case CrossStitchException error:
                    Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
                    refused++;
                    break;
                case var other:
                    Assert.Fail($"{name}, damage {number}: {other}");
                    break;
            }
        }

        File.WriteAllText(path, whole);
        return (times - refused, refused);
    }

    private string WholeReport()
    {
        var folder = small.Copy();
        var study = Study.Load(folder, SmallRuns.Catalog);
        StudyReport.Write(study, StudyResults.Of(study), TestContext.Current.CancellationToken);
        return folder;
    }
}
