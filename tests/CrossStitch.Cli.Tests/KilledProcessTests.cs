using System.Diagnostics;

namespace CrossStitch.Cli.Tests;

public sealed class KilledProcessTests(CommandLineFixture cli) : IClassFixture<CommandLineFixture>
{
    [Fact]
    public void A_process_killed_at_random_moments_resumes_to_the_same_weights()
    {
        string[] options = ["--network", "cross-stitch", "--data", cli.Archive, "--boxes", cli.Boxes, "--epochs", "12", "--batch-size", "8", "--threads", "1"];
        Assert.Equal(0, CommandLineFixture.Run(["train", "--out", cli.Folder("unbroken"), .. options]).Code);

        var broken = cli.Folder("broken");
        string[] start = ["train", "--out", broken, .. options];
        string[] resume = ["train", "--resume", broken];
        KillUntilDone(Path.Combine(broken, "result.json"), () => File.Exists(Path.Combine(broken, "recipe.json")) ? resume : start);
        Assert.Equal(Weights("unbroken"), Weights("broken"));
    }

    [Fact]
    public void A_study_killed_at_random_moments_comes_to_the_same_results()
    {
        string[] options = ["--data", cli.Archive, "--boxes", cli.Boxes, "--seeds", "1", "--epochs", "1", "--batch-size", "16", "--questions", "none"];
        Assert.Equal(0, CommandLineFixture.Run(["reproduce", "--out", cli.Folder("unbroken-study"), "--parallel", "2", .. options]).Code);
        var broken = cli.Folder("broken-study");
        KillUntilDone(Path.Combine(broken, "report.html"), () => ["reproduce", "--out", broken, "--parallel", "1", .. options]);
        Assert.Equal(File.ReadAllText(Path.Combine(cli.Folder("unbroken-study"), "results.json")), File.ReadAllText(Path.Combine(broken, "results.json")));
    }

    /// <summary>Starts a command again and again, and kills it thrice on the way to a file.</summary>
    private static void KillUntilDone(string file, Func<string[]> command)
    {
        var random = new Random(1);
        var kills = 0;
        for (var attempt = 0; attempt < 20 && !File.Exists(file); attempt++)
        {
            using var process = Start(command());
            var limit = kills < 3 ? TimeSpan.FromMilliseconds(random.Next(800, 2500)) : TimeSpan.FromMinutes(2);
            if (!process.WaitForExit(limit))
            {
                process.Kill();
                process.WaitForExit();
                kills++;
            }
        }

        Assert.True(kills > 0, "the process was never killed in time");
    }

    private byte[] Weights(string run) => File.ReadAllBytes(Path.Combine(cli.Folder(run), "checkpoints", "final.ckpt"));

    private static Process Start(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
