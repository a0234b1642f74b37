namespace CrossStitch.Cli.Tests.Disk;

/// <summary>
/// A process is killed, or the disk fails, at a call that changes a file; then the same command is given again. Every call of
/// a run and of a study, and many of its report's, with CROSSSTITCH_SLOW_TESTS=1; else some, one after the other in the same
/// folder.
/// </summary>
public sealed class KillTests(CommandLineFixture cli, WatchedDisk disk) : IClassFixture<CommandLineFixture>, IClassFixture<WatchedDisk>
{
    private const int Sample = 3;

    // Of a command, evenly, and of its last calls each one.
    private const int MostFaults = 150;
    private const int End = 20;

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
        var number = 0;
        foreach (var command in commands(unbroken).Take(IsSlow ? 2 : 1))
        {
            var before = Path.Combine(place, $"before {number++}");
            Copy(unbroken, before);
            var calls = disk.Record(unbroken, command);
            var expected = Files(unbroken, result);
            var struck = 0;
            var all = IsSlow ? Enumerable.Range(1, calls.Count).Where(call => call % (1 + (calls.Count / MostFaults)) == 0 || calls.Count - call < End).ToArray() : Some(calls);
            foreach (var call in all)
            {
                if (IsSlow || call == all[0])
                {
                    Copy(before, broken);
                }

                // In the sample each time there is less to do, and the process may be done before; a busy machine makes fewer calls.
                struck += Break(broken, Last(commands(broken)), fault(call), $"call {call} of {command[0]}") ? 1 : 0;
                if (IsSlow || call == all[^1])
                {
                    var (code, errors) = disk.Run(broken, new DiskFault(), Last(commands(broken)));
                    Assert.True(code == 0, $"{command[0]} after call {call}: {errors}");
                    DiskFiles.AssertSame(expected, Files(broken, result), $"{command[0]} after call {call}");
                    Directory.Delete(broken, recursive: true);
                }
            }

            Assert.True(fault(1).KillAt == 0 || struck >= (IsSlow ? all.Length * 9 / 10 : 1), $"killed only {struck} times");
            TestContext.Current.SendDiagnosticMessage($"{command[0]}: {all.Length} faults at {calls.Count} calls, {struck} of them its end");
        }

        Directory.Delete(place, recursive: true);

        string[] Last(IReadOnlyList<string[]> all) => all[number - 1];
    }

    // A claim of which a kill leaves nothing is waited for, a minute long.
    private static int[] Some(IReadOnlyList<DiskOperation> calls)
    {
        var some = Enumerable.Range(1, calls.Count).Where(call => !calls[call - 1].Path.EndsWith(".claim", StringComparison.Ordinal)).ToArray();
        new Random(1).Shuffle(some);
        return [.. some.Take(Sample).Order()];
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

    private static Dictionary<string, string> Files(string root, string result) => DiskFiles.Of(root, result, "scores.csv", "predictions.json");
}
