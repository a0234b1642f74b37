using System.Diagnostics;
using CrossStitch.Experiments.Clusters;

namespace CrossStitch.Experiments.Tests.Clusters;

/// <summary>The script of a job array, run by bash as Slurm's nodes would, with a command and a scontrol that write down what they are told.</summary>
public sealed class SlurmScriptTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("crossstitch it's a \"test\" $HOME ").FullName;

    public SlurmScriptTests()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        Directory.CreateDirectory(Path.Combine(_root, "slurm", "1"));
        File.WriteAllText(Path.Combine(_root, "study.json"), "{}");
        File.WriteAllText(Path.Combine(_root, "slurm", "1", "tasks.txt"), "first\nsecond\n");
        Program("scontrol", "printf '%s ' scontrol \"$@\" >> told; echo >> told");
    }

    [Fact]
    public void A_task_that_is_done_ends_well_and_knows_its_line()
    {
        Program("it's mine", "printf '%s|' \"$@\" >> told; echo >> told");
        Assert.Equal(0, Run());
        Assert.Equal("work|.|--tasks|slurm/1/tasks.txt|--task|1|--parallel|2|", Told());
    }

    [Fact]
    public void A_task_that_is_not_finished_goes_back_into_the_queue()
    {
        Program("it's mine", "exit 75");
        Assert.Equal(75, Run());
        Assert.Equal("scontrol requeue 7_1", Told());
    }

    [Theory]
    [InlineData("5")]
    [InlineData("6")]
    public void But_not_for_ever(string restarts)
    {
        Program("it's mine", "exit 75");
        Assert.Equal(75, Run(("SLURM_RESTART_COUNT", restarts)));
        Assert.Equal("", Told());
    }

    [Fact]
    public void Nor_when_it_was_cancelled()
    {
        Program("it's mine", "exit 75");
        File.WriteAllText(Path.Combine(_root, "slurm", "1", "cancelled"), "7\n");
        Assert.Equal(75, Run());
        Assert.Equal("", Told());

        // Of another job, whose script was submitted again since.
        File.WriteAllText(Path.Combine(_root, "slurm", "1", "cancelled"), "6\n");
        Assert.Equal(75, Run());
        Assert.Equal("scontrol requeue 7_1", Told());
    }

    [Theory]
    [InlineData("41\n", 41)]
    [InlineData("Welcome to the cluster\n41;north\n", 41)]
    [InlineData("Submitted batch job\n", null)]
    [InlineData("", null)]
    public void The_number_of_a_job_is_found_in_what_sbatch_prints(string output, int? job) => Assert.Equal(job, SlurmClient.Job(output));

    [Fact]
    public void A_command_that_crashes_is_started_again_and_told_so_but_not_for_ever()
    {
        Program("it's mine", "shift 7; echo \"$*\" >> told; kill -SEGV $$");
        Assert.Equal(139, Run());
        Assert.Equal(["", .. Enumerable.Repeat("--after-crash 139 --log slurm/1/1.log", 3)], File.ReadAllLines(Path.Combine(_root, "told")).Select(line => line.Length > 1 ? line[2..] : ""));
    }

    [Fact]
    public void A_failure_is_no_crash()
    {
        Program("it's mine", "echo once >> told; exit 1");
        Assert.Equal(1, Run());
        Assert.Equal("once", Told());
    }

    [Fact]
    public void Told_to_stop_it_passes_that_on_and_goes_back_into_the_queue()
    {
        Program("it's mine", "trap 'exit 75' USR1; kill -USR1 $PPID; for i in 1 2 3 4 5 6 7 8 9; do sleep 1; done; exit 1");
        Assert.Equal(75, Run());
        Assert.Equal("scontrol requeue 7_1", Told());
    }

    [Fact]
    public void On_a_node_that_does_not_see_the_study_it_says_so()
    {
        File.Delete(Path.Combine(_root, "study.json"));
        Program("it's mine", "exit 0");
        Assert.Equal(66, Run());
        File.WriteAllText(Path.Combine(_root, "study.json"), "{}");
        File.Delete(Path.Combine(_root, "it's mine"));
        Assert.Equal(69, Run());
    }

    [Fact]
    public void What_is_asked_of_the_cluster_stands_at_its_head()
    {
        var lines = Script(new SlurmOptions { Partition = "short", Time = "1:00", ArrayLimit = 8, Cpus = 4, Extra = ["--comment=say \"hi\"", "--mem=2G"] }).Split('\n');
        Assert.Equal("#!/bin/bash", lines[0]);
        Assert.Equal(
            ["--job-name=crossstitch", "--array=0-1%8", "--cpus-per-task=4", "--output=slurm/1/%a.log", "--open-mode=append", "--requeue", "--signal=B:USR1@90", "--partition=short", "--time=1:00", "\"--comment=say \\\"hi\\\"\"", "--mem=2G"],
            lines.Where(line => line.StartsWith("#SBATCH ", StringComparison.Ordinal)).Select(line => line[8..]));
    }

    [Theory]
    [InlineData("--array=0-3", "cannot be given to sbatch here")]
    [InlineData("--arr=0-3", "cannot be given to sbatch here")]
    [InlineData("-a0-3", "cannot be given to sbatch here")]
    [InlineData("--comment=a\nb", "has a control character")]
    [InlineData("mine", "in one word")]
    public void What_would_break_the_script_is_refused(string option, string why) =>
        Assert.Contains(why, Assert.Throws<CrossStitchException>(() => new SlurmOptions { Extra = [option] }.Validate()).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Script(SlurmOptions options) => SlurmScript.Of(options, "slurm/1", 2, [Path.Combine(_root, "it's mine")], parallel: 2);

    private void Program(string name, string text)
    {
        var path = Path.Combine(_root, name);
        File.WriteAllText(path, "#!/bin/bash\n" + text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string Told() => File.Exists(Path.Combine(_root, "told")) ? File.ReadAllText(Path.Combine(_root, "told")).Trim() : "";

    private int Run(params (string Name, string Value)[] environment)
    {
        File.WriteAllText(Path.Combine(_root, "slurm", "1", "job.sh"), Script(new SlurmOptions { MaxRequeues = 5 }));
        var start = new ProcessStartInfo("/bin/bash", ["slurm/1/job.sh"]) { WorkingDirectory = _root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_root}:{Environment.GetEnvironmentVariable("PATH")}";
        (start.Environment["SLURM_ARRAY_JOB_ID"], start.Environment["SLURM_ARRAY_TASK_ID"]) = ("7", "1");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "The script does not end.");
        TestContext.Current.TestOutputHelper?.WriteLine(output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
        return process.ExitCode;
    }
}
