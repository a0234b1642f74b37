using System.Diagnostics;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;
using CrossStitch.Experiments.Tests.Studies;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Runs;

/// <summary>A disk that is full for a while, a real one: a run or a study on it fails in one line, and goes on once there is room.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Page = 4096;

    private readonly string _disk = Directory.CreateTempSubdirectory("crossstitch-disk-").FullName;
    private readonly SmallRuns _small = new();
    private readonly bool _isMounted;

    // Only root may mount.
    public FullDiskTests() => _isMounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", _disk) == 0;

    public void Dispose()
    {
        if (_isMounted)
        {
            Assert.Equal(0, Run("umount", _disk));
        }

        Directory.Delete(_disk, recursive: true);
        _small.Dispose();
    }

    [Fact]
    public void A_run_whose_disk_is_full_for_a_while_goes_on_to_the_same_files()
    {
        Assert.SkipUnless(_isMounted, "no disk can be mounted here");
        var unbroken = _small.Run("unbroken");
        new TrainingRun(SmallRuns.Recipe(), _small.Data, unbroken).Execute();
        var reasons = new HashSet<string>();

        // From no room at all to room for everything: metrics, checkpoints and result are each once the file that does not fit.
        var ended = 0;
        for (var pages = 0; ended < 2; pages++)
        {
            var folder = new RunFolder(Path.Combine(_disk, "run"), SmallRuns.Catalog);
            var error = Record.Exception(() => new TrainingRun(SmallRuns.Recipe(), _small.Data, folder).Execute(progress: new Steps(step => Fill(step == 4, pages))));
            if (error is null)
            {
                ended++;
            }
            else
            {
                // It stays full for a second try, too.
                reasons.Add(Reason(error));
                if (Record.Exception(() => new TrainingRun(SmallRuns.Recipe(), _small.Data, folder).Execute()) is { } again)
                {
                    reasons.Add(Reason(again));
                }
            }

            Free();
            new TrainingRun(SmallRuns.Recipe(), _small.Data, folder).Execute();
            foreach (var name in new[] { "checkpoints/final.ckpt", "predictions.json", "scores.csv" })
            {
                Assert.Equal(File.ReadAllBytes(Path.Combine(unbroken.FullPath, name)), File.ReadAllBytes(Path.Combine(folder.FullPath, name)));
            }

            Assert.Null(folder.MissingEpochs());
            Assert.Empty(Directory.GetFiles(folder.FullPath, "*.new", SearchOption.AllDirectories));
            Assert.Equal([".lock"], Directory.GetFiles(folder.FullPath, ".*").Select(Path.GetFileName));
            Directory.Delete(folder.FullPath, recursive: true);
        }

        Assert.Superset(new HashSet<string> { "metrics.jsonl", "last.ckpt", "final.ckpt", "result.json" }, reasons);

        string Reason(Exception error)
        {
            Assert.IsType<CrossStitchException>(error);
            Assert.StartsWith(_disk, error.Message, StringComparison.Ordinal);
            Assert.Contains("no space left on the disk", error.Message, StringComparison.Ordinal);
            return Path.GetFileName(error.Message.Split(": ")[0]);
        }
    }

    [Fact]
    public void A_study_whose_disk_is_full_for_a_while_tries_again_and_comes_to_the_same_runs()
    {
        Assert.SkipUnless(_isMounted, "no disk can be mounted here");
        var recipe = SmallRuns.Recipe("single");
        var plan = new StudyPlan(recipe, [Variant.Of(recipe, SmallRuns.Catalog.Networks["single"], [])], [1, 2], []);
        var (here, there) = (Path.Combine(_disk, "study"), _small.Folder("study"));
        new StudyRunner(plan, _small.Data, there, SmallRuns.Catalog).Run(cancellation: TestContext.Current.CancellationToken);

        new StudyRunner(plan, _small.Data, here, SmallRuns.Catalog).Prepare(TestContext.Current.CancellationToken);
        var study = PlannedStudy.Open(here, SmallRuns.Catalog);
        var options = new WorkOptions { Rests = [] };
        var failures = new List<string>();
        study.Work(study.Runs(options), _small.Data, options, new StudyListener(progress =>
        {
            Fill(progress is { Index: 0, Step.Step: 4 } && failures.Count == 0, pages: 0);
            if (progress.Retry is { } why)
            {
                failures.Add(why);
                Free();
            }
        }), TestContext.Current.CancellationToken);

        Assert.Contains("no space left on the disk", Assert.Single(failures), StringComparison.Ordinal);
        foreach (var run in study.RunFolders)
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(there, run, "checkpoints", "final.ckpt")), File.ReadAllBytes(Path.Combine(here, run, "checkpoints", "final.ckpt")));
            Assert.False(File.Exists(Path.Combine(here, run, "failure.txt")));
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private string Filler => Path.Combine(_disk, "filler");

    /// <summary>Fills the disk but for some pages.</summary>
    private void Fill(bool now, int pages)
    {
        if (!now)
        {
            return;
        }

        using var file = new FileStream(Filler, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[Page]);
            }
        }
        catch (IOException)
        {
            file.SetLength(Math.Max(0, (file.Length / Page) - pages) * Page);
        }
    }

    private void Free() => File.Delete(Filler);

    private sealed class Steps(Action<long> onStep) : IProgress<StepReport>
    {
        public void Report(StepReport value) => onStep(value.Step);
    }
}
