using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Runs;
using CrossStitch.Training;
using CsCheck;

namespace CrossStitch.Experiments.Tests.Runs;

public sealed class TrainingRunTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Fact]
    public void A_run_leaves_everything_that_is_needed_to_read_and_repeat_it()
    {
        var folder = new RunFolder(small.Folder("whole"));
        var told = new List<int>();
        var result = Run(folder, onEpoch: epoch => told.Add(epoch.Epoch));

        Assert.Equal([1, 2, 3], told);
        Assert.Equal([1, 2, 3], folder.LoadMetrics().Select(epoch => epoch.Epoch));
        Assert.All(folder.LoadMetrics(), epoch => Assert.Equal((5, 5, 5, 5), (epoch.Stitches.Count, epoch.Relation.Count, epoch.TaskLosses.Count, epoch.ValidationLosses!.Count)));
        Assert.Equal(["crossStitch", "faces", "libtorch", "runtime", "system"], folder.LoadRecipe().Versions.Keys.Order());
        Assert.Equivalent(result, folder.LoadResult(), strict: true);
        Assert.Equal(24, result.Test!.Overall.Faces);
        Assert.Equal(12, result.Validation!.Overall.Faces);
        Assert.NotEmpty(Directory.GetFiles(folder.TensorBoardPath, "events.out.tfevents.*"));
        var last = folder.LoadMetrics()[^1].Scores!;
        Assert.Equal(result.Validation!.Overall.Landmarks!.Overall.MeanError, last["landmark-error"], 6);
        Assert.Equal(result.Validation.Overall.Pose!.Accuracy, last["pose-accuracy"], 6);
        Assert.Empty(Directory.GetFiles(folder.FullPath, "*.new", SearchOption.AllDirectories));
        Assert.Equivalent(result.Test, Evaluator.Evaluate(folder, small.Faces.Test!), strict: true);

        var again = new RunFolder(small.Folder("again"));
        new TrainingRun(folder.LoadRecipe() with { Versions = new Dictionary<string, string>() }, small.Faces, again).Execute();
        Assert.Equal(File.ReadAllBytes(folder.FinalCheckpointPath), File.ReadAllBytes(again.FinalCheckpointPath));
    }

    [Fact]
    public void A_run_stopped_at_random_moments_ends_with_the_same_weights()
    {
        var whole = new RunFolder(small.Folder("unbroken"));
        Run(whole);
        var number = 0;
        Gen.Int[1, 8].Array[1, 3].Sample(stops =>
        {
            var folder = new RunFolder(small.Folder($"broken{number++}"));
            foreach (var stop in stops)
            {
                // A late stop after earlier ones may find the run already at its end.
                Record.Exception(() => Run(folder, stopAfter: stop));
            }

            Run(folder);
            Assert.Equal(File.ReadAllBytes(whole.FinalCheckpointPath), File.ReadAllBytes(folder.FinalCheckpointPath));
            Assert.Equal([1, 2, 3], folder.LoadMetrics().Select(epoch => epoch.Epoch));
        }, iter: 6, threads: 1);
    }

    [Fact]
    public void Metrics_of_a_version_without_scores_are_read()
    {
        var folder = new RunFolder(small.Folder("older"));
        Run(folder);
        var lines = File.ReadAllLines(folder.MetricsPath).Select(line => line[..line.IndexOf(",\"scores\"", StringComparison.Ordinal)] + "}");
        File.WriteAllLines(folder.MetricsPath, lines);
        Assert.All(folder.LoadMetrics(), epoch => Assert.Null(epoch.Scores));
    }

    [Fact]
    public void A_run_that_has_ended_is_not_trained_again()
    {
        var folder = new RunFolder(small.Folder("ended"));
        var first = Run(folder);
        Assert.Equivalent(first, Run(folder, onEpoch: _ => Assert.Fail("trained again")), strict: true);
    }

    [Fact]
    public void A_folder_with_another_recipe_or_other_faces_is_refused()
    {
        var folder = new RunFolder(small.Folder("taken"));
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 1));

        var recipe = Assert.Throws<CrossStitchException>(() => new TrainingRun(SmallRuns.Recipe() with { AuxiliaryWeight = 0.5 }, small.Faces, folder).Execute());
        Assert.Contains("\"auxiliaryWeight\": 0.5 here", recipe.Message, StringComparison.Ordinal);
        var other = new FaceSets(small.Faces.Training, small.Faces.Training, []);
        var faces = Assert.Throws<CrossStitchException>(() => new TrainingRun(SmallRuns.Recipe(), other, folder).Execute());
        Assert.Contains("other faces", faces.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_named()
    {
        var folder = new RunFolder(small.Folder("damaged"));
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 4));
        File.WriteAllBytes(folder.LastCheckpointPath, [1, 2, 3]);
        Assert.Contains("last.ckpt", Assert.Throws<CrossStitchException>(() => Run(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_has_not_ended_cannot_be_evaluated()
    {
        var folder = new RunFolder(small.Folder("half"));
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 4));
        Assert.Contains("--resume", Assert.Throws<CrossStitchException>(() => Evaluator.Evaluate(folder, small.Faces.Test!)).Message, StringComparison.Ordinal);
        Assert.Throws<CrossStitchException>(() => RunFolder.OpenExisting(small.Folder("nowhere")));
    }

    private RunResult Run(RunFolder folder, Action<EpochReport>? onEpoch = null, int? stopAfter = null)
    {
        using var cancellation = new CancellationTokenSource();
        var steps = new Stopper(stopAfter, cancellation);
        return new TrainingRun(SmallRuns.Recipe(), small.Faces, folder).Execute(onEpoch, steps, cancellation.Token);
    }

    private sealed class Stopper(int? after, CancellationTokenSource cancellation) : IProgress<StepReport>
    {
        private int _steps;

        public void Report(StepReport value)
        {
            if (++_steps == after)
            {
                cancellation.Cancel();
            }
        }
    }
}
