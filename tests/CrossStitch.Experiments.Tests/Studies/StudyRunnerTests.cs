using System.Text.Json;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Experiments.Tests.Made;

namespace CrossStitch.Experiments.Tests.Studies;

public sealed class StudyRunnerTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    private static readonly StudyPlan Plan = Planned();

    [Fact]
    public void A_study_is_read_as_it_was_done()
    {
        var folder = small.Folder("study");
        Runner(Plan, folder).Run();
        var study = Study.Load(folder, SmallRuns.Catalog);
        Assert.Equal(Plan.Runs(SmallRuns.Catalog).Select(run => (run.Variant.Name, run.Recipe.Seed)), study.Runs.Select(run => (run.Variant.Name, run.Recipe.Seed)));
        Assert.Equal(Plan.Runs(SmallRuns.Catalog).Select(run => run.FolderName), study.Runs.Select(run => run.Folder));
        Assert.Equal(JsonSerializer.Serialize(Plan.Variants, SmallRuns.Catalog.Json.Line), JsonSerializer.Serialize(study.Variants, SmallRuns.Catalog.Json.Line));
        Assert.Equal((8, 2, "single"), (study.Planned, study.Seeds, study.Baseline!.Name));
        Assert.Empty(study.Failures);
        Assert.Equal("two-towers", Assert.Single(study.Questions).Id);
        Assert.Equal(24, study.Examples.Count);
        Assert.Equal("made \"10003\", a number", study.Examples.Names[3]);
        Assert.Equal(["kind", "side", "parity"], study.Examples.Groupings.Select(grouping => grouping.Name));
        Assert.All(study.Runs, run => Assert.All(
            run.Result.Test!.Overall.Measures, measure => Assert.Equal(measure.Value, MadeDomain.All.Single(known => known.Name == measure.Key).Over(run.Scores, study.Examples))));
        var results = StudyResults.Of(study);
        Assert.Equal(["single", "split-kind", "cross-stitch-all"], results.Variants.Select(variant => variant.Name));
    }

    [Fact]
    public void Runs_without_scores_are_measured_again_and_come_to_the_same()
    {
        var folder = small.Folder("no-scores");
        Runner(Plan, folder).Run();
        var before = Results(folder);
        File.Delete(Path.Combine(folder, "test-examples.csv"));
        foreach (var scores in Directory.GetFiles(folder, "scores.csv", SearchOption.AllDirectories))
        {
            File.Delete(scores);
        }

        Assert.Equal(before, Results(folder));
        File.Delete(Path.Combine(folder, MadeDomain.TestFile));
        Assert.Contains("the test samples of this study are missing", Assert.Throws<CrossStitchException>(() => Study.Load(folder, SmallRuns.Catalog)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_in_the_folder_of_another_plan_must_be_of_the_same_recipe_and_examples()
    {
        var folder = small.Folder("mixed");
        StudyPlan Of(string network, int epochs) => Plan with
        {
            Recipe = Plan.Recipe with { Training = Plan.Recipe.Training with { Epochs = epochs } },
            Variants = [.. Plan.Variants.Where(variant => variant.IsMain && variant.Network == network)],
            Questions = [],
        };
        Runner(Of("single", 1), folder).Run();
        var before = File.ReadAllText(Path.Combine(folder, "study.json"));

        var recipe = Assert.Throws<CrossStitchException>(() => Runner(Of("split", 2), folder).Run());
        var examples = Assert.Throws<CrossStitchException>(() => new StudyRunner(Of("split", 1), new MadeDataset(62, 24), folder, SmallRuns.NewCatalog()).Run());

        Assert.Contains("\"epochs\": 1 there, \"epochs\": 2 here", recipe.Message, StringComparison.Ordinal);
        Assert.Contains("was begun with other samples", examples.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(folder, "study.json")));
        Runner(Of("split", 1), folder).Run();
        Assert.Equal(4, Study.Load(folder, SmallRuns.Catalog).Runs.Count);

        // Begun anew with another recipe, some would be beside others that stay: refused before anything is deleted.
        Assert.Throws<CrossStitchException>(() => Runner(Of("split", 2), folder, fresh: true).Run());
        Assert.Equal(4, Study.Load(folder, SmallRuns.Catalog).Runs.Count);
    }

    [Fact]
    public void Nothing_is_begun_anew_while_another_process_is_at_work()
    {
        var folder = small.Folder("at-work");
        Runner(Plan, folder).Run();
        using (new StudyWorker(folder))
        {
            Assert.Contains("another process is at work on this study", Assert.Throws<CrossStitchException>(() => Runner(Plan, folder, fresh: true).Run()).Message, StringComparison.Ordinal);
            Assert.Equal(8, Study.Load(folder, SmallRuns.Catalog).Runs.Count);
        }

        Runner(Plan, folder, fresh: true).Run();
        Assert.Empty(Directory.GetFiles(folder, ".worker-*"));
    }

    [Fact]
    public void Scores_that_do_not_give_the_result_are_left_out_and_runs_outside_the_folder_refused()
    {
        var folder = small.Folder("changed");
        Runner(Plan, folder).Run();
        var scores = Path.Combine(folder, "single-seed1", "scores.csv");
        var lines = File.ReadAllLines(scores);
        lines[1] = "9" + lines[1];
        File.WriteAllLines(scores, lines);
        Assert.Contains("one of them was changed", LeftOut(folder), StringComparison.Ordinal);
        File.Delete(scores);
        Assert.Equal(8, Study.Load(folder, SmallRuns.Catalog).Runs.Count);

        var plan = Path.Combine(folder, "study.json");
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("\"folder\": \"single-seed1\"", "\"folder\": \"../elsewhere\"", StringComparison.Ordinal));
        Assert.Contains("'../elsewhere' is no name of a run's folder", Assert.Throws<CrossStitchException>(() => Study.Load(folder, SmallRuns.Catalog)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_at_once_in_one_folder_do_every_run_once_and_come_to_the_results_of_one()
    {
        var (alone, together) = (small.Folder("alone"), small.Folder("together"));
        Runner(Plan, alone).Run();
        using var bothAtWork = new Barrier(2);
        var trained = new[] { new List<string>(), new List<string>() };
        var workers = trained.Select(mine => Task.Factory.StartNew(
            () => new StudyRunner(Plan, new MadeDataset(60, 24), together, SmallRuns.NewCatalog()).Run(new StudyListener(progress =>
            {
                if (progress.Step is null || mine.Contains(progress.Run.FolderName))
                {
                    return;
                }

                mine.Add(progress.Run.FolderName);
                if (mine.Count == 1)
                {
                    bothAtWork.SignalAndWait(TestContext.Current.CancellationToken);
                }
            })),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        await Task.WhenAll(workers);

        Assert.Equal(Plan.Runs(SmallRuns.Catalog).Select(run => run.FolderName).Order(), trained[0].Concat(trained[1]).Order());
        Assert.Equal(Results(alone), Results(together));
    }

    [Fact]
    public void Stopped_at_any_moment_and_at_several_networks_at_once_it_comes_to_the_same_results()
    {
        var (one, two) = (small.Folder("one-at-once"), small.Folder("two-at-once"));
        Runner(Plan, one).Run();
        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Runner(Plan, two, parallel: 2).Run(
            new StudyListener(progress =>
            {
                if (progress.Index == 4 && progress.Step is not null)
                {
                    cancellation.Cancel();
                }
            }),
            cancellation.Token));
        Assert.InRange(Study.Load(two, SmallRuns.Catalog).Runs.Count, 1, Plan.Runs(SmallRuns.Catalog).Count - 1);
        Runner(Plan, two, parallel: 2).Run();
        Assert.Equal(Results(one), Results(two));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_stop_at_which_a_runs_steps_cannot_be_saved_says_so(int parallel)
    {
        var folder = small.Folder($"not-saved-{parallel}");
        using var stop = new CancellationTokenSource();
        var error = Assert.ThrowsAny<OperationCanceledException>(() => Runner(Plan, folder, parallel).Run(
            new StudyListener(progress =>
            {
                if (progress.Step is not null)
                {
                    Directory.CreateDirectory(Path.Combine(folder, progress.Run.FolderName, "checkpoints", "last.ckpt"));
                    stop.Cancel();
                }
            }),
            stop.Token));
        Assert.Contains("could not be saved", error.Message, StringComparison.Ordinal);
        Assert.IsType<CrossStitchException>(error.InnerException);
    }

    [Fact]
    public void A_run_that_fails_is_kept_with_its_reason_and_tried_again_the_next_time()
    {
        var folder = small.Folder("failing");
        var recipe = new RunFolder(Path.Combine(folder, "split-kind-seed2"), SmallRuns.Catalog).RecipePath;
        Directory.CreateDirectory(Path.GetDirectoryName(recipe)!);
        File.WriteAllText(recipe, "{}garbage");
        Runner(Plan, folder, parallel: 2).Run();
        var study = Study.Load(folder, SmallRuns.Catalog);
        var failure = Assert.Single(study.Failures);
        Assert.Equal(("split-kind", 2), (failure.Variant, failure.Seed));
        Assert.Contains("recipe.json", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(Plan.Runs(SmallRuns.Catalog).Count - 1, study.Runs.Count);

        File.Delete(recipe);
        Runner(Plan, folder).Run();
        Assert.Empty(Study.Load(folder, SmallRuns.Catalog).Failures);
    }

    [Fact]
    public void A_study_of_another_recipe_or_of_other_examples_is_refused_and_left_as_it_was()
    {
        var folder = small.Folder("taken-by-another");
        Runner(Plan with { Variants = [.. Plan.Variants.Take(2)], Questions = [] }, folder).Run();
        var before = Files(folder);

        var longer = Plan with { Recipe = Plan.Recipe with { Training = new() { Epochs = 2, BatchSize = 16 } } };
        var recipe = Assert.Throws<CrossStitchException>(() => Runner(longer, folder).Run());
        Assert.Contains("\"epochs\": 1 there, \"epochs\": 2 here", recipe.Message, StringComparison.Ordinal);
        var others = new StudyRunner(Plan, new MadeDataset(60, 25), folder, SmallRuns.Catalog);
        Assert.Contains("other samples", Assert.Throws<CrossStitchException>(() => others.Run()).Message, StringComparison.Ordinal);
        Assert.Equal(before, Files(folder));

        static Dictionary<string, string> Files(string folder) =>
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));
    }

    [Fact]
    public void What_is_no_study_or_a_damaged_one_is_refused_with_its_name()
    {
        var folder = small.Folder("damaged");
        Assert.Contains("study.json", Assert.Throws<CrossStitchException>(() => Study.Load(folder, SmallRuns.Catalog)).Message, StringComparison.Ordinal);
        Runner(Plan with { Variants = [Plan.Variants[0]], Questions = [] }, folder).Run();

        var predictions = Path.Combine(folder, "single-seed1", "predictions.json");
        var whole = File.ReadAllText(predictions);
        File.WriteAllText(predictions, "{}");
        Assert.Contains("predictions.json", LeftOut(folder), StringComparison.Ordinal);
        File.WriteAllText(predictions, whole);

        var scores = Path.Combine(folder, "single-seed1", "scores.csv");
        var lines = File.ReadAllLines(scores);
        File.WriteAllLines(scores, lines[..20]);
        Assert.Contains("has 19 rows, and the study 24 test samples", LeftOut(folder), StringComparison.Ordinal);
        File.WriteAllLines(scores, [.. lines[..5], "much,0", .. lines[6..]]);
        Assert.Contains("scores.csv(6): 'much' is not a finite number", LeftOut(folder), StringComparison.Ordinal);
        File.WriteAllLines(scores, lines);

        File.WriteAllText(Path.Combine(folder, "test-examples.csv"), "name,kind\n\"made\n");
        Assert.Contains("test-examples.csv(2)", Assert.Throws<CrossStitchException>(() => Study.Load(folder, SmallRuns.Catalog)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "study.json"), "{\n  \"runs\": 3");
        Assert.Contains("study.json(2)", Assert.Throws<CrossStitchException>(() => Study.Load(folder, SmallRuns.Catalog)).Message, StringComparison.Ordinal);
    }

    /// <summary>Why the one damaged run is left out.</summary>
    private static string LeftOut(string folder)
    {
        var failure = Assert.Single(Study.Load(folder, SmallRuns.Catalog).Failures);
        Assert.True(failure.IsDamaged);
        return failure.Reason;
    }

    private static string Results(string folder)
    {
        var study = Study.Load(folder, SmallRuns.Catalog);
        StudyFiles.Write(study, StudyResults.Of(study));
        return string.Concat(StudyFiles.Names.Select(name => File.ReadAllText(Path.Combine(folder, name))));
    }

    /// <summary>Some networks: enough to stop, to fail and to compare.</summary>
    private static StudyPlan Planned()
    {
        var recipe = SmallRuns.Recipe() with { Training = new() { Epochs = 1, BatchSize = 16 } };
        Variant Of(string network, params string[] auxiliary) => Variant.Of(recipe, SmallRuns.Catalog.Networks[network], auxiliary);
        var stitched = Of("cross-stitch", "kind", "side");
        var plain = new StudyPlan(recipe, [Of("single"), Of("split", "kind"), stitched], [1, 2], []);
        return plain.Ask(
            new Question("two-towers", "The tasks, or the second tower?", "What does a second tower do alone?", []),
            [stitched.With("lambda-0", recipe, SmallRuns.Catalog, one => one.WithAuxiliaryWeight(0)), stitched]);
    }

    private StudyRunner Runner(StudyPlan plan, string folder, int parallel = 1, bool fresh = false) => new(plan, small.Data, folder, SmallRuns.Catalog, parallel, fresh);
}
