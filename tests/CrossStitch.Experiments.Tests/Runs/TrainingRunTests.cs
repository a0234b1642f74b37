using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Tests.Made;
using CrossStitch.Training;
using CsCheck;

namespace CrossStitch.Experiments.Tests.Runs;

public sealed class TrainingRunTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Fact]
    public void A_run_leaves_everything_that_is_needed_to_read_and_repeat_it()
    {
        var folder = small.Run("whole");
        var reported = new List<int>();
        var result = Run(folder, onEpoch: epoch => reported.Add(epoch.Epoch));

        Assert.Equal([1, 2, 3], reported);
        Assert.Equal([1, 2, 3], folder.LoadMetrics().Select(epoch => epoch.Epoch));
        Assert.All(folder.LoadMetrics(), epoch => Assert.Equal((2, 2, 3, 3), (epoch.Stitches.Count, epoch.Relation.Count, epoch.TaskLosses.Count, epoch.ValidationLosses!.Count)));
        Assert.Equal(["crossStitch", "data", "runtime", "system"], folder.LoadRecipe().Versions.Keys.Order());
        Assert.Equivalent(result, folder.LoadResult(), strict: true);
        Assert.Equal(24, result.Test!.Overall.Examples);
        Assert.Equal(12, result.Validation!.Overall.Examples);
        Assert.NotEmpty(Directory.GetFiles(folder.TensorBoardPath, "events.out.tfevents.*"));
        var last = folder.LoadMetrics()[^1].Scores!;
        Assert.Equal(["kind_accuracy", "mean_error", "side_accuracy"], last.Keys.Order());
        Assert.All(last, score => Assert.Equal(result.Validation.Overall.Measures[score.Key], score.Value, 6));
        Assert.Empty(Directory.GetFiles(folder.FullPath, "*.new", SearchOption.AllDirectories));
        Assert.Equivalent(result.Test, Evaluator.Measure(folder, small.Data.Test!).Evaluation, strict: true);
        Assert.Equal(24, folder.LoadPredictions().Tasks["kind"].Length);
        Assert.Equal(25, File.ReadLines(folder.ScoresPath).Count());

        var again = small.Run("again");
        new TrainingRun(folder.LoadRecipe() with { Versions = new Dictionary<string, string>() }, small.Data, again).Execute();
        Assert.Equal(File.ReadAllBytes(folder.FinalCheckpointPath), File.ReadAllBytes(again.FinalCheckpointPath));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 2)]
    public void A_run_stopped_at_random_steps_takes_each_step_once_and_ends_with_the_same_files(double average, int patience)
    {
        var recipe = SmallRuns.Recipe() with { Training = SmallRuns.Recipe().Training with { AverageDecay = average, Patience = patience } };
        var whole = small.Run($"unbroken-{average}");
        new TrainingRun(recipe, small.Data, whole).Execute();
        var number = 0;
        Gen.Int[1, 8].Array[1, 5].Sample(stops =>
        {
            var folder = small.Run($"broken-{average}-{number++}");
            var steps = new List<long>();
            foreach (var stop in stops)
            {
                using var cancellation = new CancellationTokenSource();
                var taken = 0;
                var progress = new Listener(step =>
                {
                    steps.Add(step.Step);
                    if (++taken == stop)
                    {
                        cancellation.Cancel();
                    }
                });

                // A late stop after earlier ones may find the run already at its end.
                if (Record.Exception(() => new TrainingRun(recipe, small.Data, folder).Execute(progress: progress, cancellation: cancellation.Token)) is not null)
                {
                    Assert.True(folder.HasEpochs);
                    Assert.Null(folder.MissingEpochs());
                }
            }

            new TrainingRun(recipe, small.Data, folder).Execute(progress: new Listener(step => steps.Add(step.Step)));
            Assert.Equal(Enumerable.Range(1, 9), steps.Select(step => (int)step));
            Assert.All(new[] { "checkpoints/final.ckpt", "predictions.json", "scores.csv" }, name =>
                Assert.Equal(File.ReadAllBytes(Path.Combine(whole.FullPath, name)), File.ReadAllBytes(Path.Combine(folder.FullPath, name))));
            Assert.Equal(Lines(whole), Lines(folder));
            Assert.Equivalent(whole.LoadResult() with { TrainingSeconds = 0 }, folder.LoadResult() with { TrainingSeconds = 0 }, strict: true);
            Assert.False(File.Exists(folder.LastCheckpointPath));
        }, iter: 5, threads: 1);

        static IEnumerable<string> Lines(RunFolder folder) => folder.LoadMetrics().Select(epoch => JsonSerializer.Serialize(epoch with { Seconds = 0, ExamplesPerSecond = 0 }));
    }

    [Fact]
    public void A_run_stopped_in_its_first_epoch_goes_on_with_its_own_recipe_and_with_no_other()
    {
        var folder = small.Run("first-epoch");
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 2));
        var stopped = Checkpoint.Load(folder.LastCheckpointPath);
        Assert.Equal((0, true), (stopped.Epoch, folder.HasEpochs));
        Assert.Empty(folder.LoadMetrics());
        Assert.Null(folder.MissingEpochs());
        var other = Assert.Throws<CrossStitchException>(() => new TrainingRun(SmallRuns.Recipe() with { Seed = 8 }, small.Data, folder).Execute());
        Assert.Contains("holds a run of another recipe", other.Message, StringComparison.Ordinal);
        Run(folder);
        Assert.Equal([1, 2, 3], folder.LoadMetrics().Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void A_stop_that_has_trained_nothing_new_leaves_the_checkpoint_as_it_is()
    {
        var folder = small.Run("stopped-again");
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 4));
        var (bytes, time) = (File.ReadAllBytes(folder.LastCheckpointPath), File.GetLastWriteTimeUtc(folder.LastCheckpointPath));
        Assert.Throws<OperationCanceledException>(() => new TrainingRun(SmallRuns.Recipe(), small.Data, folder).Execute(cancellation: new CancellationToken(canceled: true)));
        Assert.Equal(bytes, File.ReadAllBytes(folder.LastCheckpointPath));
        Assert.Equal(time, File.GetLastWriteTimeUtc(folder.LastCheckpointPath));
    }

    [Theory]
    [InlineData("disk", "last.ckpt")]
    [InlineData("claim", "took this run over")]
    public void A_stop_whose_steps_cannot_be_saved_is_a_stop_that_says_so_and_they_are_taken_again(string fault, string reason)
    {
        var whole = small.Run($"saved-{fault}");
        Run(whole);
        var folder = small.Run($"not-saved-{fault}");
        using var stop = new CancellationTokenSource();
        var taken = 0;
        var fail = new Listener(_ =>
        {
            if (++taken == 5)
            {
                stop.Cancel();
                if (fault == "disk")
                {
                    File.Move(folder.LastCheckpointPath, folder.LastCheckpointPath + ".kept");
                    Directory.CreateDirectory(folder.LastCheckpointPath);
                }
                else
                {
                    File.Delete(Path.Combine(folder.FullPath, ".claim"));
                }
            }
        });
        var error = Assert.Throws<OperationCanceledException>(() => new TrainingRun(SmallRuns.Recipe(), small.Data, folder).Execute(progress: fail, cancellation: stop.Token));
        Assert.Contains("could not be saved, and is trained again", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.InnerException!.Message, StringComparison.Ordinal);
        if (fault == "disk")
        {
            Directory.Delete(folder.LastCheckpointPath);
            File.Move(folder.LastCheckpointPath + ".kept", folder.LastCheckpointPath);
        }

        var first = 0L;
        new TrainingRun(SmallRuns.Recipe(), small.Data, folder).Execute(progress: new Listener(step => first = first == 0 ? step.Step : first));
        Assert.Equal(4, first);
        Assert.Equal(File.ReadAllBytes(whole.FinalCheckpointPath), File.ReadAllBytes(folder.FinalCheckpointPath));
    }

    [Fact]
    public void Metrics_of_a_version_without_scores_are_read()
    {
        var folder = small.Run("older");
        Run(folder);
        var lines = File.ReadAllLines(folder.MetricsPath).Select(line => line[..line.IndexOf(",\"scores\"", StringComparison.Ordinal)] + "}");
        File.WriteAllLines(folder.MetricsPath, lines);
        Assert.All(folder.LoadMetrics(), epoch => Assert.Null(epoch.Scores));
    }

    [Fact]
    public void A_run_that_has_ended_is_not_trained_again()
    {
        var folder = small.Run("ended");
        var first = Run(folder);
        Assert.Equivalent(first, Run(folder, onEpoch: _ => Assert.Fail("trained again")), strict: true);
    }

    [Fact]
    public void What_a_kill_at_the_end_of_a_run_left_is_removed_when_the_run_is_asked_for_again()
    {
        var folder = small.Run("killed at the end");
        Run(folder);
        File.Copy(folder.FinalCheckpointPath, folder.LastCheckpointPath);
        using (RunClaim.TryTake(folder.FullPath))
        {
            File.Copy(Path.Combine(folder.FullPath, ".claim"), Path.Combine(folder.FullPath, "kept"));
            Run(folder);
            Assert.True(File.Exists(folder.LastCheckpointPath));
        }

        File.Move(Path.Combine(folder.FullPath, "kept"), Path.Combine(folder.FullPath, ".claim"));
        Run(folder);
        Assert.False(File.Exists(folder.LastCheckpointPath));
        Assert.False(File.Exists(Path.Combine(folder.FullPath, ".claim")));
    }

    [Fact]
    public void A_lock_that_is_a_link_is_refused_and_what_it_leads_to_is_not_made()
    {
        var folder = small.Run("trap");
        var elsewhere = small.Run("elsewhere").FullPath;
        Directory.CreateDirectory(folder.FullPath);
        File.CreateSymbolicLink(Path.Combine(folder.FullPath, FolderLock.Name), elsewhere);
        Assert.Contains("is a link", Assert.Throws<CrossStitchException>(() => Run(folder)).Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(elsewhere));
    }

    [Fact]
    public void A_folder_with_another_recipe_or_other_examples_is_refused()
    {
        var folder = small.Run("taken");
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 4));

        var recipe = Assert.Throws<CrossStitchException>(() => new TrainingRun(SmallRuns.Recipe().WithAuxiliaryWeight(0.5), small.Data, folder).Execute());
        Assert.Contains("\"kind\": 0.1 there, \"kind\": 0.5 here", recipe.Message, StringComparison.Ordinal);
        var other = Assert.Throws<CrossStitchException>(() => new TrainingRun(SmallRuns.Recipe(), new MadeDataset(60, 25), folder).Execute());
        Assert.Contains("other samples (60-24 there, 60-25 here)", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_named()
    {
        var folder = small.Run("damaged");
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 4));
        File.WriteAllBytes(folder.LastCheckpointPath, [1, 2, 3]);
        Assert.Contains("last.ckpt", Assert.Throws<CrossStitchException>(() => Run(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("recipe.json", """{"version":2,"groups":[{"name":"level","tasks":{"level":1}}],"data":{"source":"made"}}""")]
    [InlineData("metrics.jsonl", "mine")]
    [InlineData("predictions.json", "mine")]
    [InlineData("scores.csv", "mine")]
    public void A_file_that_no_run_wrote_is_not_overwritten(string name, string content)
    {
        var folder = small.Run($"foreign-{name}");
        Directory.CreateDirectory(folder.FullPath);
        File.WriteAllText(Path.Combine(folder.FullPath, name), content);
        Assert.Contains(name, Assert.Throws<CrossStitchException>(() => Run(folder)).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Path.Combine(folder.FullPath, name)));
    }

    [Fact]
    public void Lost_weights_of_a_finished_run_are_said_with_the_way_out()
    {
        var folder = small.Run("weights-lost");
        Run(folder);
        File.WriteAllText(folder.FinalCheckpointPath, "");
        var error = Assert.Throws<CrossStitchException>(() => Evaluator.Measure(folder, small.Data.Test!));
        Assert.Contains("train --recipe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_cannot_work_leaves_nothing_behind()
    {
        var folder = small.Run("refused");
        var recipe = SmallRuns.Recipe();
        Refused(recipe with { ValidationShare = 0, Training = recipe.Training with { Patience = 2 } });
        Refused(recipe with { ValidationShare = 0.999 });
        Refused(recipe with { Training = recipe.Training with { Epochs = 0 } });
        Refused(recipe with { Groups = [recipe.Groups[0]] });
        Refused(recipe with { Relation = new(Layers: ["conv99"]) });
        Run(folder);

        void Refused(Recipe wrong)
        {
            Assert.Throws<CrossStitchException>(() => new TrainingRun(wrong, small.Data, folder).Execute());
            Assert.False(Directory.Exists(folder.FullPath));
        }
    }

    [Fact]
    public void A_run_without_a_step_does_not_keep_its_folder_from_another()
    {
        var folder = small.Run("before-the-first-step");
        Assert.Throws<OperationCanceledException>(() => new TrainingRun(SmallRuns.Recipe(), small.Data, folder).Execute(cancellation: new CancellationToken(canceled: true)));
        Assert.False(folder.HasEpochs);
        var other = SmallRuns.Recipe() with { Seed = 8 };
        new TrainingRun(other, small.Data, folder).Execute();
        Assert.Equal(8, folder.LoadRecipe().Seed);
    }

    [Fact]
    public void A_second_process_is_kept_out_of_a_run_and_the_first_goes_on()
    {
        var folder = small.Run("busy");
        var refused = new List<string>();
        Run(folder, onEpoch: _ => refused.Add(Assert.Throws<CrossStitchException>(() => Run(folder)).Message));
        Assert.Equal(3, refused.Count);
        Assert.All(refused, message => Assert.Contains("another process", message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_keeps_the_threads_that_it_began_with_wherever_it_goes_on()
    {
        var folder = small.Run("threads");
        var anywhere = SmallRuns.Recipe() with { Threads = 0 };
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new TrainingRun(anywhere, small.Data, folder).Execute(progress: new Stopper(7, cancellation), cancellation: cancellation.Token));
        Assert.Equal(Environment.ProcessorCount, folder.LoadRecipe().Threads);

        // As if the run had been begun on a machine with one more core.
        folder.SaveRecipe(folder.LoadRecipe() with { Threads = Environment.ProcessorCount + 1 });
        new TrainingRun(anywhere, small.Data, folder).Execute();
        Assert.Equal(Environment.ProcessorCount + 1, folder.LoadRecipe().Threads);
    }

    [Fact]
    public void A_batch_larger_than_all_examples_is_one_step_an_epoch()
    {
        var folder = small.Run("one-step");
        var steps = new List<long>();
        var recipe = SmallRuns.Recipe();
        new TrainingRun(recipe with { Training = recipe.Training with { BatchSize = int.MaxValue } }, small.Data, folder)
            .Execute(progress: new Listener(step => steps.Add(step.Steps)));
        Assert.Equal([3, 3, 3], steps);
        Assert.All(folder.LoadMetrics(), epoch => Assert.True(epoch.Loss > 0));
    }

    [Fact]
    public void A_run_that_has_not_ended_cannot_be_evaluated()
    {
        var folder = small.Run("half");
        Assert.Throws<OperationCanceledException>(() => Run(folder, stopAfter: 4));
        Assert.Contains("--resume", Assert.Throws<CrossStitchException>(() => Evaluator.Measure(folder, small.Data.Test!)).Message, StringComparison.Ordinal);
        Assert.Throws<CrossStitchException>(() => RunFolder.OpenExisting(small.Folder("nowhere"), SmallRuns.Catalog));
    }

    private RunResult Run(RunFolder folder, Action<EpochReport>? onEpoch = null, int? stopAfter = null)
    {
        using var cancellation = new CancellationTokenSource();
        var steps = new Stopper(stopAfter, cancellation);
        return new TrainingRun(SmallRuns.Recipe(), small.Data, folder).Execute(onEpoch, steps, cancellation.Token);
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
