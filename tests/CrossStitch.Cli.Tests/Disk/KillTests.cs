namespace CrossStitch.Cli.Tests.Disk;

/// <summary>
/// A process is killed, or the disk fails, at a call that changes a file; then the same command is given again. Every call of
/// a run and of a study to its report with CROSSSTITCH_SLOW_TESTS=1; else some, one after the other in the same folder.
/// </summary>
public sealed class KillTests(CommandLineFixture cli, WatchedDisk disk) : IClassFixture<CommandLineFixture>, IClassFixture<WatchedDisk>
{
    private const int Sample = 3;
    private const int Killed = 128 + 9;

    [Fact]
    public void A_run_that_is_killed_at_any_change_of_a_file_comes_to_the_same_bits() => Check(Run, "final.ckpt", Kill);

    [Fact]
    public void A_run_whose_disk_fails_at_any_change_of_a_file_comes_to_the_same_bits() => Check(Run, "final.ckpt", Fail);

    [Fact]
    public void A_study_that_is_killed_at_any_change_of_a_file_comes_to_the_same_results() => Check(Study, "results.json", Kill);

    [Fact]
    public void A_study_whose_disk_fails_at_any_change_of_a_file_comes_to_the_same_results()
    {
        Assert.SkipUnless(IsSlow, "takes minutes; set CROSSSTITCH_SLOW_TESTS=1 to run it");
        Check(Study, "results.json", Fail);
    }

    private static DiskFault Kill(int call) => new(KillAt: call);

    private static DiskFault Fail(int call) => new(FailAt: call, Error: call % 2 == 0 ? DiskFault.NoSpace : DiskFault.DiskBroken);

    private static bool IsSlow => Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1";

    private IReadOnlyList<string[]> Run(string root)
    {
        var run = Path.Combine(root, "run");
        return [File.Exists(Path.Combine(run, "recipe.json"))
            ? ["train", "--resume", run]
            : ["train", "--out", run, "--network", "cross-stitch", "--data", cli.Archive, "--boxes", cli.Boxes, "--epochs", "3", "--batch-size", "16", "--validation", "0.2", "--threads", "1"]];
    }

    private IReadOnlyList<string[]> Study(string root) =>
    [
        ["compare", "--out", Path.Combine(root, "study"), "--data", cli.Archive, "--boxes", cli.Boxes, "--networks", "single,split", "--seeds", "1", "--epochs", "1", "--batch-size", "16", "--threads", "1"],
        ["report", Path.Combine(root, "study")],
    ];

    private void Check(Func<string, IReadOnlyList<string[]>> commands, string result, Func<int, DiskFault> fault)
    {
        disk.Require();
        var place = Directory.CreateTempSubdirectory("crossstitch-kills-").FullName;
        var (unbroken, broken) = (Path.Combine(place, "unbroken"), Path.Combine(place, "broken"));
        var calls = new List<IReadOnlyList<DiskOperation>>();
        foreach (var command in commands(unbroken).Take(IsSlow ? 2 : 1))
        {
            Copy(unbroken, Path.Combine(place, $"before {calls.Count}"));
            calls.Add(disk.Record(unbroken, command));
            Assert.NotEmpty(calls[^1]);
        }

        var expected = Files(unbroken, result);
        if (IsSlow)
        {
            foreach (var (command, call) in calls.SelectMany((done, command) => Enumerable.Range(1, done.Count).Select(call => (Command: command, Call: call))))
            {
                Copy(Path.Combine(place, $"before {command}"), broken);
                var what = $"call {call} of command {command + 1}";
                Assert.True(Break(broken, commands(broken)[command], fault(call), what) || fault(call).KillAt == 0, $"{what}: was not killed");
                Finish(what);
            }
        }
        else
        {
            // A claim of which a kill leaves nothing is waited for, a minute long.
            var some = Enumerable.Range(1, calls[0].Count).Where(call => !calls[0][call - 1].Path.EndsWith(".claim", StringComparison.Ordinal)).ToArray();
            new Random(1).Shuffle(some);
            var struck = 0;
            foreach (var call in some.Take(Sample).Order())
            {
                // Each time there is less to do, and the process may be done before.
                struck += Break(broken, commands(broken)[0], fault(call), $"call {call}") ? 1 : 0;
            }

            Assert.True(struck > 0 || fault(1).KillAt == 0, "never killed");
            Finish($"calls {string.Join(", ", some.Take(Sample).Order())}");
        }

        TestContext.Current.SendDiagnosticMessage($"{string.Join(" and ", calls.Select(done => done.Count))} changes of files");
        Directory.Delete(place, recursive: true);

        void Finish(string what)
        {
            for (var i = 0; i < calls.Count; i++)
            {
                Go(broken, commands(broken)[i], what);
            }

            DiskFiles.AssertSame(expected, Files(broken, result), what);
            Directory.Delete(broken, recursive: true);
        }
    }

    /// <returns>Whether the command came to no good end.</returns>
    private bool Break(string root, string[] command, DiskFault fault, string what)
    {
        var (code, errors) = disk.Run(root, fault, command);

        // Said in a line, and not that it was CrossStitch's own fault; what can wait until the next time is not said.
        Assert.True(code == 0 || (fault.KillAt > 0 ? code == Killed : code == 1 && errors.Contains(": ", StringComparison.Ordinal)), $"{what}: {errors}");
        Assert.DoesNotContain("itself", errors, StringComparison.Ordinal);
        return code != 0;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.Exists(from) ? Directory.GetDirectories(from, "*", SearchOption.AllDirectories) : [])
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.Exists(from) ? Directory.GetFiles(from, "*", SearchOption.AllDirectories) : [])
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    private void Go(string root, string[] command, string what)
    {
        var (code, errors) = disk.Run(root, new DiskFault(), command);
        Assert.True(code == 0, $"{what}, again: {errors}");
    }

    private static Dictionary<string, string> Files(string root, string result) => DiskFiles.Of(root, result, "scores.csv", "predictions.json");
}
