using CrossStitch.Training;

namespace CrossStitch.Cli.Tests.Disk;

/// <summary>
/// What a run or a study did to the disk is seen call by call, and every state that a power cut could have left is made and
/// gone on from. A sample of them; all with CROSSSTITCH_SLOW_TESTS=1.
/// </summary>
public sealed class PowerCutTests(CommandLineFixture cli, WatchedDisk disk) : IClassFixture<CommandLineFixture>, IClassFixture<WatchedDisk>
{
    private const int Sample = 6;

    private readonly Random _random = new(1);

    [Fact]
    public void A_run_after_a_power_cut_goes_on_to_the_same_bits_and_has_lost_at_most_an_epoch()
    {
        disk.Require();
        var root = Directory.CreateDirectory(cli.Folder("watched")).FullName;
        string[] options = ["--network", "cross-stitch", "--data", cli.Archive, "--boxes", cli.Boxes, "--epochs", "3", "--batch-size", "16", "--validation", "0.2", "--threads", "1"];
        var done = disk.Record(root, ["train", "--out", Path.Combine(root, "run"), .. options]);
        var saved = Saved(done);
        Assert.Equal(3, saved.Count);

        var expected = RunFiles(Path.Combine(root, "run"));
        foreach (var (after, files) in Some(CrashStates.Of(done, root)))
        {
            var run = Path.Combine(Lay(files), "run");
            var epochs = saved.Count(call => call <= after);
            Assert.True(epochs == 0 || File.Exists(Path.Combine(run, "result.json")) || Checkpoint.Load(Path.Combine(run, "checkpoints", "last.ckpt")).Epoch >= epochs, $"after call {after}: epoch {epochs} is lost");
            string[] command = File.Exists(Path.Combine(run, "recipe.json")) ? ["train", "--resume", run] : ["train", "--out", run, .. options];
            var outcome = CommandLineFixture.Run(command);
            Assert.True(outcome.Code == 0, $"after call {after}: {outcome.Errors}");
            DiskFiles.AssertSame(expected, RunFiles(run), $"after call {after}");
            Directory.Delete(Path.GetDirectoryName(run)!, recursive: true);
        }
    }

    [Fact]
    public void A_study_after_a_power_cut_comes_to_the_same_results()
    {
        disk.Require();
        var root = Directory.CreateDirectory(cli.Folder("watched-study")).FullName;
        string[] Compare(string place) => ["compare", "--out", Path.Combine(place, "study"), "--data", cli.Archive, "--boxes", cli.Boxes, "--networks", "single,split", "--seeds", "1", "--epochs", "1", "--batch-size", "16", "--threads", "1"];
        var done = disk.Record(root, Compare(root));
        var expected = StudyFiles(Path.Combine(root, "study"));
        foreach (var (after, files) in Some(CrashStates.Of(done, root)))
        {
            var place = Lay(files);
            var outcome = CommandLineFixture.Run(Compare(place));
            Assert.True(outcome.Code == 0, $"after call {after}: {outcome.Errors}");
            DiskFiles.AssertSame(expected, StudyFiles(Path.Combine(place, "study")), $"after call {after}");
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>The calls after which a checkpoint is safe: its folder is flushed after it was moved there.</summary>
    private static List<int> Saved(IReadOnlyList<DiskOperation> done) =>
    [
        .. Enumerable.Range(0, done.Count).Where(i => done[i].Name == "rename" && done[i].Target.EndsWith("last.ckpt", StringComparison.Ordinal))
            .Select(i => Enumerable.Range(i, done.Count - i).First(j => done[j].Name == "fsync" && done[j].Path == Path.GetDirectoryName(done[i].Target)) + 1),
    ];

    private static Dictionary<string, string> RunFiles(string run) => DiskFiles.Of(run, "final.ckpt", "scores.csv", "predictions.json", "recipe.json");

    private static Dictionary<string, string> StudyFiles(string study) => DiskFiles.Of(study, "final.ckpt", "scores.csv", "predictions.json", "results.json", "results.csv", "results.md", "study.json");

    private (int After, IReadOnlyDictionary<string, byte[]?> Files)[] Some(IEnumerable<(int After, IReadOnlyDictionary<string, byte[]?> Files)> states)
    {
        var all = states.ToArray();
        if (Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") != "1")
        {
            _random.Shuffle(all);
            Array.Resize(ref all, Sample);
        }

        TestContext.Current.SendDiagnosticMessage($"{all.Length} states");
        return all;
    }

    /// <summary>Makes a state. A claim that is not whole is left out: it is waited for, a minute long, which other tests show.</summary>
    private string Lay(IReadOnlyDictionary<string, byte[]?> files)
    {
        var root = Directory.CreateDirectory(cli.Folder("state")).FullName;
        foreach (var (path, bytes) in files.OrderBy(file => file.Key.Length))
        {
            if (bytes is null)
            {
                Directory.CreateDirectory(Path.Combine(root, path));
            }
            else if (Path.GetFileName(path) != ".claim" || bytes.Length > 0 && bytes[^1] == '\n')
            {
                File.WriteAllBytes(Path.Combine(root, path), bytes);
            }
        }

        return root;
    }
}
