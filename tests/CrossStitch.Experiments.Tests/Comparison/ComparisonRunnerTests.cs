using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Tests.Comparison;

public sealed class ComparisonRunnerTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    private static readonly ComparisonPlan Plan = new(
        SmallRuns.Recipe() with { Training = new() { Epochs = 1, BatchSize = 16 } }, [NetworkKind.Single, NetworkKind.Split], AuxiliarySet.Parse("each"), [1, 2]);

    [Fact]
    public void The_baseline_runs_once_a_seed_and_the_others_once_a_set()
    {
        Assert.Equal(12, Plan.Runs().Count);
        Assert.Equal(["single-seed1", "split-pose-seed1", "split-gender-seed1", "split-glasses-seed1", "split-smile-seed1", "split-all-seed1", "single-seed2"], Plan.Runs().Take(7).Select(run => run.FolderName));
        Assert.Equal(12, Plan.Runs().Select(run => run.FolderName).Distinct().Count());
    }

    [Fact]
    public void A_comparison_that_is_stopped_goes_on_where_it_was()
    {
        var folder = small.Folder("stopped");
        using var cancellation = new CancellationTokenSource();
        var ended = new List<string>();
        Assert.Throws<OperationCanceledException>(() => new ComparisonRunner(Plan, small.Faces, folder).Run(
            new Listener(progress =>
            {
                if (progress.Ended && progress.Index == 2)
                {
                    cancellation.Cancel();
                }
            }),
            cancellation.Token));

        var outcome = new ComparisonRunner(Plan, small.Faces, folder).Run(new Listener(progress =>
        {
            if (progress.Step is not null)
            {
                ended.Add(progress.Run.FolderName);
            }
        }));
        Assert.DoesNotContain("split-gender-seed1", ended);
        Assert.Contains("split-glasses-seed1", ended);
        Assert.Empty(outcome.Failures);
        Assert.Equal(["single", "split-pose", "split-gender", "split-glasses", "split-smile", "split-all"], outcome.Rows.Select(row => row.Variant));
        Assert.All(outcome.Rows, row => Assert.Equal(2, row.Runs));
    }

    [Fact]
    public void A_run_that_fails_does_not_lose_the_others()
    {
        var folder = small.Folder("failing");
        Directory.CreateDirectory(Path.Combine(folder, "split-pose-seed1"));
        File.WriteAllText(new RunFolder(Path.Combine(folder, "split-pose-seed1")).RecipePath, "{}garbage");
        var outcome = new ComparisonRunner(Plan with { Seeds = [1] }, small.Faces, folder).Run();
        Assert.Equal("split-pose", Assert.Single(outcome.Failures).Run.Variant);
        Assert.Equal(5, outcome.Rows.Count);
    }

    [Fact]
    public void Without_test_faces_there_is_nothing_to_compare_on() =>
        Assert.Contains("testing.txt", Assert.Throws<CrossStitchException>(() =>
            new ComparisonRunner(Plan, new FaceSets(small.Faces.Training, null, []), small.Folder("none")).Run()).Message, StringComparison.Ordinal);

    private sealed class Listener(Action<ComparisonProgress> listen) : IProgress<ComparisonProgress>
    {
        public void Report(ComparisonProgress value) => listen(value);
    }
}
