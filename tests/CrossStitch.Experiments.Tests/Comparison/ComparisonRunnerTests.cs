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
    public void Starting_over_deletes_what_a_comparison_wrote_and_nothing_else()
    {
        var folder = small.Folder("fresh");
        var two = Plan with { AuxiliarySets = AuxiliarySet.Parse("smile"), Seeds = [1] };
        new ComparisonRunner(two, small.Faces, folder).Run();
        foreach (var mine in new[] { "results.xlsx", "notes.txt", "single-seed1/notes.txt", "split-smile-seed1/checkpoints/mine.ckpt", "single-seed1/tensorboard/mine.txt" })
        {
            File.WriteAllText(Path.Combine(folder, mine), "mine");
        }

        // A run that somebody trained into the comparison's folder is none of its runs.
        new TrainingRun(Plan.Base with { Network = NetworkKind.Single, Auxiliary = [] }, small.Faces, new RunFolder(Path.Combine(folder, "my-run"))).Execute();
        var larger = File.GetLastWriteTimeUtc(Path.Combine(folder, "split-smile-seed1", "result.json"));
        var older = File.GetLastWriteTimeUtc(Path.Combine(folder, "single-seed1", "result.json"));
        var trained = File.GetLastWriteTimeUtc(Path.Combine(folder, "my-run", "result.json"));
        new ComparisonRunner(two with { Networks = [NetworkKind.Single] }, small.Faces, folder, fresh: true).Run();

        // The runs of a larger comparison are not those that were asked to start over.
        Assert.Equal(larger, File.GetLastWriteTimeUtc(Path.Combine(folder, "split-smile-seed1", "result.json")));
        Assert.NotEqual(older, File.GetLastWriteTimeUtc(Path.Combine(folder, "single-seed1", "result.json")));
        Assert.Equal(trained, File.GetLastWriteTimeUtc(Path.Combine(folder, "my-run", "result.json")));
        Assert.Equal(5, Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Count(file => File.ReadAllText(file) == "mine"));
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_left_alone()
    {
        var one = Plan with { Networks = [NetworkKind.Single], Seeds = [1] };
        var notes = small.Folder("notes");
        Directory.CreateDirectory(notes);
        File.WriteAllText(Path.Combine(notes, "results.md"), "mine");
        foreach (var fresh in new[] { false, true })
        {
            Assert.Contains("results.md", Assert.Throws<CrossStitchException>(() => new ComparisonRunner(one, small.Faces, notes, fresh).Run()).Message, StringComparison.Ordinal);
        }

        Assert.Equal("mine", File.ReadAllText(Path.Combine(notes, "results.md")));
        var study = small.Folder("a-study");
        new StudyRunner(StudyPlan.Create(Plan.Base, [1], []) with { Runs = one.Runs() }, small.Faces, study, parallel: 1).Run();
        Assert.Contains("holds a study", Assert.Throws<CrossStitchException>(() => new ComparisonRunner(one, small.Faces, study, fresh: true).Run()).Message, StringComparison.Ordinal);

        // A run that somebody trained where the comparison's would be.
        var taken = small.Folder("taken-names");
        new TrainingRun(one.Base with { Network = NetworkKind.Single, Auxiliary = [], Seed = 1, Training = new() { Epochs = 2, BatchSize = 16 } }, small.Faces, new RunFolder(Path.Combine(taken, "single-seed1"))).Execute();
        Assert.Throws<CrossStitchException>(() => new ComparisonRunner(one, small.Faces, taken, fresh: true).Run());
        Assert.Equal(2, new RunFolder(Path.Combine(taken, "single-seed1")).LoadResult().Epochs);
    }

    [Fact]
    public void Starting_over_is_refused_before_anything_is_deleted()
    {
        var folder = small.Folder("kept");
        var one = Plan with { Networks = [NetworkKind.Single], Seeds = [1] };
        new ComparisonRunner(one, small.Faces, folder).Run();
        var before = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc);
        var wrong = one with { Base = one.Base with { Training = new() { Epochs = 0 } } };
        Assert.Throws<CrossStitchException>(() => new ComparisonRunner(wrong, small.Faces, folder, fresh: true).Run());
        Assert.Throws<CrossStitchException>(() => new ComparisonRunner(one, new FaceSets(small.Faces.Training, null, []), folder, fresh: true).Run());
        using (new FolderLock(Path.Combine(folder, "single-seed1")))
        {
            Assert.Contains("another process", Assert.Throws<CrossStitchException>(() => new ComparisonRunner(one, small.Faces, folder, fresh: true).Run()).Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc));
    }

    [Fact]
    public void A_running_comparison_is_not_deleted_under_its_feet_and_a_linked_folder_stays_a_link()
    {
        var real = Directory.CreateDirectory(small.Folder("real")).FullName;
        var link = small.Folder("link");
        Directory.CreateSymbolicLink(link, real);
        var one = Plan with { Networks = [NetworkKind.Single], Seeds = [1] };
        string? refused = null;
        new ComparisonRunner(one, small.Faces, link).Run(new Listener(_ =>
            refused ??= Assert.Throws<CrossStitchException>(() => new ComparisonRunner(one, small.Faces, real, fresh: true).Run()).Message));
        Assert.Contains("another process", refused, StringComparison.Ordinal);
        new ComparisonRunner(one, small.Faces, link, fresh: true).Run();
        Assert.NotNull(new DirectoryInfo(link).LinkTarget);
        Assert.True(File.Exists(Path.Combine(real, "results.json")));
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
