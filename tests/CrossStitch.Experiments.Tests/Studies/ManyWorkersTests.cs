using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Tests.Studies;

public sealed class ManyWorkersTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Fact]
    public void A_process_gets_past_what_many_others_are_at_by_a_few_looks()
    {
        var study = Planned("many", seeds: 40);
        foreach (var run in study.RunFolders.Take(32))
        {
            Claim(study, run);
        }

        using var stop = new CancellationTokenSource();
        List<string> taken = [];
        string? begun = null;
        var listener = new StudyListener(progress =>
        {
            if (progress.IsElsewhere)
            {
                taken.Add(progress.Run.FolderName);
            }
            else if (progress.Step is not null)
            {
                begun ??= progress.Run.FolderName;
                stop.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => study.Work(study.Runs(new WorkOptions()), small.Data, new WorkOptions(), listener, stop.Token));
        Assert.Contains(begun, study.RunFolders.Skip(32));
        Assert.InRange(taken.Count, 1, 6);
    }

    [Fact]
    public void Status_says_which_epoch_a_run_has_written_down_whole()
    {
        var study = Planned("status", seeds: 3);
        var (first, second, third) = (Folder(study, study.RunFolders[0]), Folder(study, study.RunFolders[1]), Folder(study, study.RunFolders[2]));
        Claim(study, study.RunFolders[0]);
        File.WriteAllText(first.MetricsPath, """
            {"epoch":1,"loss":0.5}
            {"epoch":2,"loss":0.4}
            {"epoch":3,"lo
            """);
        Claim(study, study.RunFolders[1]);
        second.SaveFailure("the disk is full");
        Directory.CreateDirectory(third.FullPath);
        third.SaveFailure("the disk is full\nmore");

        var status = study.Status(_ => false);

        Assert.Equal((3, 0, 0), (status.Planned, status.Done, status.Waiting));
        Assert.Equal([(study.RunFolders[0], 2), (study.RunFolders[1], 0)], status.Running.Select(run => (run.Folder, run.Epoch)));
        Assert.Equal("the disk is full", Assert.Single(status.Failed).Reason);
    }

    [Fact]
    public void A_run_that_saves_rarely_saves_at_a_stop_and_comes_to_the_same_weights()
    {
        var (often, rarely) = (Planned("often", seeds: 1), Planned("rarely", seeds: 1));
        var run = often.RunFolders[0];
        often.Work(often.Runs(new WorkOptions()), small.Data, new WorkOptions { SaveEvery = TimeSpan.Zero });
        var options = new WorkOptions { SaveEvery = TimeSpan.FromHours(1), Rests = [] };
        using var stop = new CancellationTokenSource();

        // A crash before anything is saved, and a stop in the second epoch.
        List<long> steps = [];
        var listener = new StudyListener(progress =>
        {
            if (progress.Step is { } step)
            {
                steps.Add(step.Step);
                if (steps.Count == 4)
                {
                    Assert.False(File.Exists(Folder(rarely, run).LastCheckpointPath));
                    throw new InvalidOperationException("a crash");
                }

                if (steps.Count == 9)
                {
                    stop.Cancel();
                }
            }
        });
        Assert.Throws<OperationCanceledException>(() => rarely.Work(rarely.Runs(options), small.Data, options, listener, stop.Token));
        Assert.True(File.Exists(Folder(rarely, run).LastCheckpointPath));
        rarely.Work(rarely.Runs(options), small.Data, options, listener);

        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9], steps);
        Assert.Equal(File.ReadAllBytes(Folder(often, run).FinalCheckpointPath), File.ReadAllBytes(Folder(rarely, run).FinalCheckpointPath));
    }

    private static RunFolder Folder(PlannedStudy study, string run) => new(Path.Combine(study.Folder, run), SmallRuns.Catalog);

    /// <summary>As a living process of another machine would.</summary>
    private static void Claim(PlannedStudy study, string run)
    {
        var folder = Path.Combine(study.Folder, run);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, ClaimFile.Name), new ClaimOwner(Guid.NewGuid(), "n1", "another machine", 7, 1).ToBytes());
    }

    private PlannedStudy Planned(string name, int seeds)
    {
        var recipe = SmallRuns.Recipe();
        var plan = StudyPlan.Compare(recipe, [SmallRuns.Catalog.Networks["single"]], [recipe.Auxiliary()], [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)]);
        var folder = small.Folder(name);
        new StudyRunner(plan, small.Data, folder, SmallRuns.Catalog).Prepare();
        return PlannedStudy.Open(folder, SmallRuns.Catalog);
    }
}
