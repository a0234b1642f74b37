using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Studies;

/// <summary>A study that one process plans and others do.</summary>
public sealed class PlannedStudyTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    private static readonly WorkOptions AtOnce = new() { Rests = [] };

    [Fact]
    public void Planned_here_and_done_by_others_a_study_comes_to_the_same_bytes()
    {
        var (alone, shared) = (small.Folder("alone"), small.Folder("shared"));
        Runner(Plan(), alone).Run();
        Runner(Plan(), shared).Prepare();
        Assert.Equal(0, PlannedStudy.Open(shared, SmallRuns.Catalog).Status().Done);
        Assert.Equal(4, PlannedStudy.Open(shared, SmallRuns.Catalog).RunFolders.Count);

        Parallel.ForEach([[0, 3], [1, 2]], (int[] mine) =>
        {
            var study = PlannedStudy.Open(shared, SmallRuns.NewCatalog());
            var runs = study.Runs(new WorkOptions { Runs = [.. mine.Select(i => study.RunFolders[i])] });
            Assert.Equal(2, runs.Count);
            study.Work(runs, small.Data, AtOnce);
        });

        Assert.True(PlannedStudy.Open(shared, SmallRuns.Catalog).Status() is { Done: 4, HasEnded: true });
        Assert.Equal(Results(alone), Results(shared));
    }

    [Fact]
    public void A_run_that_fails_three_times_is_given_up_and_the_others_are_done()
    {
        var folder = small.Folder("failing");
        Runner(Plan(), folder).Prepare();
        var study = PlannedStudy.Open(folder, SmallRuns.Catalog);
        foreach (var run in study.RunFolders.Where(name => name.StartsWith("split", StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.Combine(folder, run));
            File.WriteAllText(Path.Combine(folder, run, "metrics.jsonl"), "not ours");
        }

        var told = new List<StudyProgress>();
        study.Work(study.Runs(AtOnce), small.Data, AtOnce, new StudyListener(told.Add));

        Assert.Equal(2 * 2, told.Count(each => each.Retry is not null));
        Assert.Equal(2, told.Count(each => each.Failure is not null));
        var status = study.Status();
        Assert.Equal((2, 2, true), (status.Done, status.Failed.Count, status.HasEnded));
        Assert.All(status.Failed, failed => Assert.Contains("no run of CrossStitch wrote this file", failed.Reason, StringComparison.Ordinal));
        Assert.Equal(2, Study.Load(folder, SmallRuns.Catalog).Failures.Count);

        // Whoever comes next does not try them again, unless told to.
        told.Clear();
        study.Work(study.Runs(AtOnce), small.Data, AtOnce, new StudyListener(told.Add));
        Assert.DoesNotContain(told, each => each.Retry is not null);
        study.Work(study.Runs(AtOnce), small.Data, AtOnce with { RetryFailed = true }, new StudyListener(told.Add));
        Assert.Equal(2 * 2, told.Count(each => each.Retry is not null));
    }

    [Fact]
    public void A_crash_counts_against_the_run_that_the_process_was_at_and_no_other()
    {
        var folder = small.Folder("crashing");
        Runner(Plan(), folder).Prepare();
        var study = PlannedStudy.Open(folder, SmallRuns.Catalog);
        var runs = study.Runs(AtOnce);
        Assert.Empty(study.CountCrash(runs, "the process was killed", ""));
        for (var crash = 1; crash <= WorkOptions.MostTries; crash++)
        {
            Die(Path.Combine(folder, runs[1].FolderName));
            Assert.Equal([runs[1].FolderName], study.CountCrash(runs, "the process was killed", "one line\nthe last line"));
        }

        study.Work(runs, small.Data, AtOnce);
        var status = study.Status();
        Assert.Equal(3, status.Done);
        Assert.Equal("the process was killed, and its log ends: the last line", Assert.Single(status.Failed).Reason);
        Assert.Contains("one line", File.ReadAllText(Path.Combine(folder, runs[1].FolderName, "failure.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_queue_will_come_to_waits_and_the_rest_is_lost()
    {
        var folder = small.Folder("status");
        Runner(Plan(), folder).Prepare();
        var study = PlannedStudy.Open(folder, SmallRuns.Catalog);
        study.Work(study.Runs(new WorkOptions { Runs = [study.RunFolders[0]] }), small.Data, AtOnce);
        using var claim = RunClaim.TryTake(Path.Combine(folder, study.RunFolders[1]));

        var alone = study.Status();
        Assert.Equal((1, 2, 0), (alone.Done, alone.Waiting, alone.Lost.Count));
        Assert.Equal((study.RunFolders[1], Environment.MachineName, 0), (alone.Running[0].Folder, alone.Running[0].Host, alone.Running[0].Epoch));
        Assert.NotNull(alone.Left);
        var queued = study.Status(name => name == study.RunFolders[2]);
        Assert.Equal((1, 1, 1), (queued.Done, queued.Running.Count, queued.Waiting));
        Assert.Equal([study.RunFolders[3]], queued.Lost);
        Assert.False(queued.HasEnded);
    }

    [Fact]
    public void Wrong_names_and_folders_are_an_error()
    {
        var folder = small.Folder("wrong");
        Assert.Contains("not the folder of a study", Assert.Throws<CrossStitchException>(() => PlannedStudy.Open(folder, SmallRuns.Catalog)).Message, StringComparison.Ordinal);
        Runner(Plan(), folder).Prepare();
        var study = PlannedStudy.Open(folder, SmallRuns.Catalog);
        Assert.Contains("has no run 'nothing'", Assert.Throws<CrossStitchException>(() => study.Runs(new WorkOptions { Runs = ["nothing"] })).Message, StringComparison.Ordinal);
    }

    /// <summary>Leaves a claim behind, as a process does that is killed.</summary>
    private static void Die(string folder)
    {
        string left;
        using (RunClaim.TryTake(folder))
        {
            left = File.ReadAllText(Path.Combine(folder, ".claim"));
        }

        File.WriteAllText(Path.Combine(folder, ".claim"), left);
    }

    private static string Results(string folder)
    {
        var study = Study.Load(folder, SmallRuns.Catalog);
        StudyFiles.Write(study, StudyResults.Of(study));
        return string.Concat(StudyFiles.Names.Select(name => File.ReadAllText(Path.Combine(folder, name))));
    }

    private static StudyPlan Plan()
    {
        var recipe = SmallRuns.Recipe() with { Training = new TrainingOptions { Epochs = 1, BatchSize = 16 } };
        var single = Variant.Of(recipe, SmallRuns.Catalog.Networks["single"], []);
        var split = Variant.Of(recipe, SmallRuns.Catalog.Networks["split"], ["kind"]);
        return new StudyPlan(recipe, [single, split], [1, 2], []);
    }

    private StudyRunner Runner(StudyPlan plan, string folder) => new(plan, small.Data, folder, SmallRuns.Catalog);
}
