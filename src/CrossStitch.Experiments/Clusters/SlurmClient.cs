using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CrossStitch.Experiments.Clusters;

/// <summary>Slurm, through its own commands: sbatch, squeue, scontrol and scancel.</summary>
/// <param name="folder">Where the commands are run: the study's folder, which a job's relative paths begin at.</param>
public sealed class SlurmClient(string folder)
{
    /// <summary>What MaxArraySize is where Slurm does not say.</summary>
    private const int UsualArraySize = 1001;

    private static readonly string[] Prefixes = ["SBATCH_", "SQUEUE_", "SCANCEL_", "SLURM_"];

    /// <summary>A controller that does not answer for so long is taken for unreachable; Slurm's own patience is longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>The most tasks that the cluster takes in one array.</summary>
    /// <param name="cancellation">Ends the wait for an answer.</param>
    /// <exception cref="CrossStitchException">Slurm is not here, or its controller does not answer.</exception>
    public int MostTasks(CancellationToken cancellation)
    {
        // Without a controller scontrol says so, and ends well.
        var (_, output, errors) = Run("scontrol", ["show", "config"], cancellation);
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("MaxArraySize", StringComparison.Ordinal)) ?? throw Refused("scontrol", errors);
        return int.TryParse(line.Split('=')[^1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : UsualArraySize;
    }

    /// <summary>Submits a script.</summary>
    /// <param name="script">Its path, from the folder on.</param>
    /// <param name="cancellation">Ends the wait for an answer.</param>
    /// <returns>The job's number.</returns>
    /// <exception cref="CrossStitchException">It was refused; the message says why and what to do.</exception>
    public long Submit(string script, CancellationToken cancellation)
    {
        var (_, output, errors) = Run("sbatch", ["--parsable", script], cancellation);

        // A number means that the job is in the queue, whatever else sbatch, or what a cluster puts around it, says and ends with.
        return Job(output) ?? throw Refused("sbatch", errors.Length > 0 ? errors : output);
    }

    /// <summary>The tasks of jobs: those that wait or run, and those that ended some minutes ago.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Ends the wait for an answer.</param>
    /// <exception cref="CrossStitchException">Slurm is not here, or its controller does not answer.</exception>
    public IReadOnlyList<QueuedTask> Queue(IReadOnlyCollection<long> jobs, CancellationToken cancellation)
    {
        if (jobs.Count == 0)
        {
            return [];
        }

        var (code, output, errors) = Run("squeue", ["--noheader", "--array", "--states=all", "--jobs", string.Join(',', jobs), "--Format", "JobArrayID:|,State:|,Reason:|,NodeList:|,exit_code:"], cancellation);
        if (code == 0)
        {
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).OfType<QueuedTask>()];
        }

        // Slurm forgets a job some minutes after its end, and then asks about it are an error.
        return !errors.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase) ? throw Refused("squeue", errors)
            : jobs.Count == 1 ? []
            : [.. jobs.SelectMany(job => Queue([job], cancellation))];
    }

    /// <summary>Takes jobs out of the queue and stops what of them runs; those that have ended already are no error.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellation">Ends the wait for an answer.</param>
    /// <exception cref="CrossStitchException">Slurm is not here, or refuses.</exception>
    public void Cancel(IEnumerable<long> jobs, CancellationToken cancellation)
    {
        foreach (var job in jobs)
        {
            var (code, _, errors) = Run("scancel", [job.ToString(CultureInfo.InvariantCulture)], cancellation);
            if (code != 0 && !errors.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase))
            {
                throw Refused("scancel", errors);
            }
        }
    }

    /// <summary>The number of a job, as sbatch prints it, with the cluster's name behind it or not; null if there is none.</summary>
    /// <param name="output">Lines, of which one is the number.</param>
    internal static long? Job(string output) => output.Split('\n', StringSplitOptions.TrimEntries).Reverse()
        .Select(line => long.TryParse(line.Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var job) && job > 0 ? job : (long?)null)
        .FirstOrDefault(job => job is not null);

    private static QueuedTask? Parse(string line) =>
        line.Split('|') is [var id, var state, var reason, var node, var status, ..]
        && id.Split('_') is [var job, var task]
        && long.TryParse(job, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(task, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new QueuedTask(number, index, state, reason, node, int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var ended) ? ended : 0)
            : null;

    private static CrossStitchException Refused(string command, string errors)
    {
        var said = string.Join(' ', errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Replace($"{command}: error: ", "", StringComparison.Ordinal)).Distinct());
        bool Says(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
        var advice = Says("partition") ? "'sinfo' lists the partitions; name one with --partition."
            : Says("array") ? "Use --runs-per-task for fewer tasks."
            : Says("account") ? "Name your account behind two dashes: -- --account=NAME."
            : Says("limit") || Says("QOS") || Says("temporarily unable") || Says("temporarily unavailable") ? "The queue is full, or you have as much in it as you may: submit again later, or use --runs-per-task for fewer tasks."
            : Says("time") ? "Write --time as minutes, hours:minutes:seconds or days-hours."
            : Says("contact") || Says("connect") || Says("respon") ? "Is this a machine of the cluster, and is Slurm's controller up? 'sinfo' tells."
            : Says("node configuration") || Says("CPU") ? "No node has that: use fewer --cpus, or another --partition."
            : "'sinfo' and 'squeue' tell how the cluster is.";
        return new CrossStitchException($"{command} refused: {(said.Length > 0 ? said.TrimEnd('.') : "it says nothing")}. {advice}");
    }

    private (int Code, string Output, string Errors) Run(string command, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // They would change what the script says, or how the answers are written; within a job, there are many.
        foreach (var name in start.Environment.Keys.Where(name => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && name != "SLURM_CONF").ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Start(start);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            process.WaitForExitAsync(patience.Token).GetAwaiter().GetResult();
            return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            var (printed, said) = (Read(output), Read(errors));
            return Job(printed) is not null || said.Length > 0 ? (-1, printed, said)
                : throw new CrossStitchException($"{command} has not answered for {Patience.TotalSeconds:0} seconds; is Slurm's controller up? 'sinfo' tells.");
        }
    }

    /// <summary>What a command that was ended had written by then; a child of its own may hold the pipe open.</summary>
    private static string Read(Task<string> pipe) => pipe.Wait(TimeSpan.FromSeconds(2)) ? pipe.Result : "";

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new CrossStitchException(
                $"{start.FileName} is not here: run this on a machine from which jobs are submitted to the cluster, or do without Slurm: 'crossstitch work FOLDER' on any machines that share the folder.", error);
        }
    }
}
