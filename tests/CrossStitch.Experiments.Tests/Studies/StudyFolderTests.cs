using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;
using CrossStitch.Experiments.Tests.Made;

namespace CrossStitch.Experiments.Tests.Studies;

public sealed class StudyFolderTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    private static readonly StudyPlan Two = Plan("single", "split");
    private static readonly StudyPlan One = Plan("single");

    [Fact]
    public void Starting_over_deletes_what_a_comparison_wrote_and_nothing_else()
    {
        var folder = small.Folder("fresh");
        Runner(Two, folder).Run();
        foreach (var mine in new[] { "results.xlsx", "notes.txt", "single-seed1/notes.txt", "split-side-seed1/checkpoints/mine.ckpt", "single-seed1/tensorboard/mine.txt" })
        {
            File.WriteAllText(Path.Combine(folder, mine), "mine");
        }

        // A run that somebody trained into the study's folder is none of its runs.
        new TrainingRun(One.Runs(SmallRuns.Catalog)[0].Recipe, small.Data, new RunFolder(Path.Combine(folder, "my-run"), SmallRuns.Catalog)).Execute();
        var larger = File.GetLastWriteTimeUtc(Path.Combine(folder, "split-side-seed1", "result.json"));
        var older = File.GetLastWriteTimeUtc(Path.Combine(folder, "single-seed1", "result.json"));
        var trained = File.GetLastWriteTimeUtc(Path.Combine(folder, "my-run", "result.json"));
        Runner(One, folder, fresh: true).Run();

        // The runs of a larger study are not those that were asked to start over.
        Assert.Equal(larger, File.GetLastWriteTimeUtc(Path.Combine(folder, "split-side-seed1", "result.json")));
        Assert.NotEqual(older, File.GetLastWriteTimeUtc(Path.Combine(folder, "single-seed1", "result.json")));
        Assert.Equal(trained, File.GetLastWriteTimeUtc(Path.Combine(folder, "my-run", "result.json")));
        Assert.Equal(5, Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Count(file => File.ReadAllText(file) == "mine"));
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_left_alone()
    {
        var notes = small.Folder("notes");
        Directory.CreateDirectory(notes);
        File.WriteAllText(Path.Combine(notes, "results.md"), "mine");
        foreach (var fresh in new[] { false, true })
        {
            Assert.Contains("results.md", Assert.Throws<CrossStitchException>(() => Runner(One, notes, fresh).Run()).Message, StringComparison.Ordinal);
        }

        Assert.Equal("mine", File.ReadAllText(Path.Combine(notes, "results.md")));

        // A run that somebody trained where the study's would be.
        var taken = small.Folder("taken-names");
        var mine = One.Runs(SmallRuns.Catalog)[0].Recipe with { Training = new() { Epochs = 2, BatchSize = 16 } };
        new TrainingRun(mine, small.Data, new RunFolder(Path.Combine(taken, "single-seed1"), SmallRuns.Catalog)).Execute();
        Assert.Throws<CrossStitchException>(() => Runner(One, taken, fresh: true).Run());
        Assert.Equal(2, new RunFolder(Path.Combine(taken, "single-seed1"), SmallRuns.Catalog).LoadResult().Epochs);
    }

    [Fact]
    public void A_run_of_its_own_in_the_folder_of_a_study_is_not_taken_for_one_of_the_studys()
    {
        var folder = small.Folder("own-run");
        Runner(One, folder).Run();
        new TrainingRun(Two.Runs(SmallRuns.Catalog)[1].Recipe, small.Data, new RunFolder(Path.Combine(folder, "split-side-seed1"), SmallRuns.Catalog)).Execute();
        Assert.Contains("holds a run of its own", Assert.Throws<CrossStitchException>(() => Runner(Two, folder).Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_smaller_plan_keeps_the_runs_and_the_questions_of_a_larger_one()
    {
        var folder = small.Folder("smaller");
        Runner(Two with { Questions = [new Question("why", "Why?", "Why is it so?", ["single", "split-side"])] }, folder).Run();
        Runner(One, folder).Run();
        var study = Study.Load(folder, SmallRuns.Catalog);
        Assert.Equal(["single", "split-side"], study.Runs.Select(run => run.Variant.Name));
        Assert.Equal("why", Assert.Single(study.Questions).Id);
    }

    [Fact]
    public void Starting_over_is_refused_before_anything_is_deleted()
    {
        var folder = small.Folder("kept");
        Runner(One, folder).Run();
        var before = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc);
        var wrong = One with { Recipe = One.Recipe with { Training = new() { Epochs = 0 } } };
        Assert.Throws<CrossStitchException>(() => Runner(wrong, folder, fresh: true).Run());
        Assert.Throws<CrossStitchException>(() => new StudyRunner(One, new MadeDataset(60, 0), folder, SmallRuns.Catalog, fresh: true).Run());
        using (new FolderLock(Path.Combine(folder, "single-seed1")))
        {
            Assert.Contains("another process", Assert.Throws<CrossStitchException>(() => Runner(One, folder, fresh: true).Run()).Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc));
    }

    [Fact]
    public void A_running_study_is_not_deleted_under_its_feet_and_a_linked_folder_stays_a_link()
    {
        var real = Directory.CreateDirectory(small.Folder("real")).FullName;
        var link = small.Folder("link");
        Directory.CreateSymbolicLink(link, real);
        string? refused = null;
        Runner(One, link).Run(new StudyListener(progress =>
            refused ??= progress.Step is null ? null : Assert.Throws<CrossStitchException>(() => Runner(One, real, fresh: true).Run()).Message));
        Assert.Contains("another process", refused, StringComparison.Ordinal);
        Runner(One, link, fresh: true).Run();
        Assert.NotNull(new DirectoryInfo(link).LinkTarget);
        Assert.True(File.Exists(Path.Combine(real, "study.json")));
    }

    [Fact]
    public void Without_test_examples_there_is_nothing_to_compare_on() =>
        Assert.Contains("no test samples", Assert.Throws<CrossStitchException>(() =>
            new StudyRunner(One, new MadeDataset(60, 0), small.Folder("none"), SmallRuns.Catalog).Run()).Message, StringComparison.Ordinal);

    private static StudyPlan Plan(params string[] networks) => StudyPlan.Compare(
        SmallRuns.Recipe() with { Training = new() { Epochs = 1, BatchSize = 16 } }, [.. networks.Select(name => SmallRuns.Catalog.Networks[name])], [["side"]], [1]);

    private StudyRunner Runner(StudyPlan plan, string folder, bool fresh = false) => new(plan, small.Data, folder, SmallRuns.Catalog, fresh: fresh);
}
