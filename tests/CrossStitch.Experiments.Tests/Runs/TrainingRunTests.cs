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
        Assert.Equal(["crossStitch", "faces", "runtime", "system"], folder.LoadRecipe().Versions.Keys.Order());
        Assert.Equivalent(result, folder.LoadResult(), strict: true);
        Assert.Equal(24, result.Test!.Overall.Faces);
        Assert.Equal(12, result.Validation!.Overall.Faces);
        Assert.NotEmpty(Directory.GetFiles(folder.TensorBoardPath, "events.out.tfevents.*"));
        var last = folder.LoadMetrics()[^1].Scores!;
        Assert.Equal(result.Validation!.Overall.Landmarks!.Overall.MeanError, last["landmark-error"], 6);
        Assert.Equal(result.Validation.Overall.Attributes["pose"].Accuracy, last["pose-accuracy"], 6);
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
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 4));

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

    [Theory]
    [InlineData("\n", "metrics.jsonl(3): the line of metrics is empty")]
    [InlineData("{\"epoch\": 3, \"lear", "metrics.jsonl(3): not a line of metrics")]
    public void A_damaged_line_of_metrics_is_named(string line, string expected)
    {
        var folder = new RunFolder(small.Folder($"metrics{line.Length}"));
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 7));
        File.AppendAllText(folder.MetricsPath, line);
        Assert.Contains(expected, Assert.Throws<CrossStitchException>(() => Run(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_that_lack_epochs_are_not_passed_over()
    {
        var folder = new RunFolder(small.Folder("metrics-lost"));
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 7));
        File.WriteAllText(folder.MetricsPath, "");
        Assert.Contains("holds 0 of the 2 epochs", Assert.Throws<CrossStitchException>(() => Run(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("recipe.json", """{"data":{"source":"drawn","trainingFaces":60,"testFaces":24}}""")]
    [InlineData("metrics.jsonl", "mine")]
    [InlineData("predictions.json", "mine")]
    public void A_file_that_no_run_wrote_is_not_overwritten(string name, string content)
    {
        var folder = new RunFolder(small.Folder($"foreign-{name}"));
        Directory.CreateDirectory(folder.FullPath);
        File.WriteAllText(Path.Combine(folder.FullPath, name), content);
        Assert.Contains(name, Assert.Throws<CrossStitchException>(() => Run(folder)).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Path.Combine(folder.FullPath, name)));
    }

    [Fact]
    public void Lost_weights_of_a_finished_run_are_said_with_the_way_out()
    {
        var folder = new RunFolder(small.Folder("weights-lost"));
        Run(folder);
        File.WriteAllText(folder.FinalCheckpointPath, "");
        var error = Assert.Throws<CrossStitchException>(() => Evaluator.Evaluate(folder, small.Faces.Test!));
        Assert.Contains("train --recipe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_cannot_work_leaves_nothing_behind()
    {
        var folder = new RunFolder(small.Folder("refused"));
        var recipe = SmallRuns.Recipe();
        Refused(recipe with { ValidationShare = 0, Training = recipe.Training with { Patience = 2 } });
        Refused(recipe with { ValidationShare = 0.999 });
        Refused(recipe with { Training = recipe.Training with { Epochs = 0 } });
        Refused(recipe with { Auxiliary = [] });
        Refused(recipe with { Relation = new(Layers: ["conv99"]) });
        Run(folder);

        void Refused(Experiments.Recipes.Recipe wrong)
        {
            Assert.Throws<CrossStitchException>(() => new TrainingRun(wrong, small.Faces, folder).Execute());
            Assert.False(Directory.Exists(folder.FullPath));
        }
    }

    [Fact]
    public void A_run_without_an_epoch_does_not_keep_its_folder_from_another()
    {
        var folder = new RunFolder(small.Folder("before-the-first-epoch"));
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 1));
        Assert.False(folder.HasEpochs);
        var other = SmallRuns.Recipe() with { Seed = 8 };
        new TrainingRun(other, small.Faces, folder).Execute();
        Assert.Equal(8, folder.LoadRecipe().Seed);
    }

    [Fact]
    public void A_second_process_is_kept_out_of_a_run_and_the_first_goes_on()
    {
        var folder = new RunFolder(small.Folder("busy"));
        var refused = new List<string>();
        Run(folder, onEpoch: _ => refused.Add(Assert.Throws<CrossStitchException>(() => Run(folder)).Message));
        Assert.Equal(3, refused.Count);
        Assert.All(refused, message => Assert.Contains("another process", message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_keeps_the_threads_that_it_began_with_wherever_it_goes_on()
    {
        var folder = new RunFolder(small.Folder("threads"));
        var anywhere = SmallRuns.Recipe() with { Threads = 0 };
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new TrainingRun(anywhere, small.Faces, folder).Execute(progress: new Stopper(7, cancellation), cancellation: cancellation.Token));
        Assert.Equal(Environment.ProcessorCount, folder.LoadRecipe().Threads);

        // As if the run had been begun on a machine with one more core.
        folder.SaveRecipe(folder.LoadRecipe() with { Threads = Environment.ProcessorCount + 1 });
        new TrainingRun(anywhere, small.Faces, folder).Execute();
        Assert.Equal(Environment.ProcessorCount + 1, folder.LoadRecipe().Threads);
    }

    [Fact]
    public void A_run_has_noted_the_faces_that_it_has_seen()
    {
        var folder = new RunFolder(small.Folder("seen"));
        Run(folder);
        var seen = SeenFaces.Load(folder.SeenFacesPath)!;
        Assert.Equal(small.Faces.Training.Count, seen.CountIn(small.Faces.Training));
        Assert.Equal(0, seen.CountIn(small.Faces.Test!));
        File.WriteAllBytes(folder.SeenFacesPath, [1, 2, 3]);
        Assert.Contains("training-faces.ids", Assert.Throws<CrossStitchException>(() => SeenFaces.Load(folder.SeenFacesPath)).Message, StringComparison.Ordinal);
        Assert.Null(SeenFaces.Load(small.Folder("nowhere")));
    }

    [Fact]
    public void A_batch_larger_than_all_faces_is_one_step_an_epoch()
    {
        var folder = new RunFolder(small.Folder("one-step"));
        var steps = new List<long>();
        var recipe = SmallRuns.Recipe();
        new TrainingRun(recipe with { Training = recipe.Training with { BatchSize = int.MaxValue } }, small.Faces, folder)
            .Execute(progress: new Listener(step => steps.Add(step.Steps)));
        Assert.Equal([3, 3, 3], steps);
        Assert.All(folder.LoadMetrics(), epoch => Assert.True(epoch.Loss > 0));
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

    private sealed class Listener(Action<StepReport> listen) : IProgress<StepReport>
    {
        public void Report(StepReport value) => listen(value);
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
