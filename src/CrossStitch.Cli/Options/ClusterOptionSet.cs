using System.CommandLine;
using System.CommandLine.Parsing;
using CrossStitch.Cli.Errors;
using CrossStitch.Experiments.Clusters;

namespace CrossStitch.Cli.Options;

/// <summary>Where the runs of a study are done: in this process, or by a cluster.</summary>
internal sealed class ClusterOptionSet
{
    private const string Here = "here";
    private const string Slurm = "slurm";
    private const string Workers = "workers";

    private readonly Option<string> _on = EnumOption.OfNames("--on", "Where the runs are done: here; as a job array of the cluster's Slurm, whose nodes must share a disk with the folder and this program; or by workers, 'crossstitch work FOLDER' on any machines.", Here, [Here, Slurm, Workers]);
    private readonly Option<string?> _partition = PathOption.Create("--partition", "name", "Slurm: the partition. [default: the cluster's]");
    private readonly Option<string?> _time = PathOption.Create("--time", "time", "Slurm: how long a task may take, such as 30 (minutes) or 2:00:00; what is not done then goes on in another. [default: the partition's]");
    private readonly Option<int?> _cpus = NumberOption.Optional("--cpus", "n", "Slurm: processors of a task. [default: --threads, or 1]", 1, SlurmOptions.MostCpus);
    private readonly Option<int?> _arrayLimit = NumberOption.Optional("--array-limit", "k", "Slurm: how many tasks may run at once. [default: as many as the cluster lets]", 1, SlurmOptions.MostTasks);
    private readonly Option<int> _requeues = NumberOption.Whole("--max-requeues", "r", "Slurm: how often a task that was preempted or ran out of time goes back into the queue.", new SlurmOptions().MaxRequeues, 0, SlurmOptions.MostTasks);
    private readonly Option<int?> _runsPerTask = NumberOption.Optional("--runs-per-task", "m", "Slurm: runs of a task. [default: as many as make a task of some minutes, where there are many]", 1, SlurmOptions.MostTasks);
    private readonly Option<bool> _wait = new("--wait") { Description = "Elsewhere than here: stay, show how it goes, and print the results at the end; Ctrl-C ends nothing but the view." };
    private readonly Argument<string[]> _extra = new("sbatch options") { Description = "Slurm: behind two dashes, more options of sbatch, such as -- --account=mine --mem=2G.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_on, _partition, _time, _cpus, _arrayLimit, _requeues, _runsPerTask, _wait])
        {
            command.Add(option);
        }

        command.Add(_extra);
    }

    /// <summary>Where the runs are done.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="threads">The threads of a network, as they were given; 0 if they were not.</param>
    /// <returns>What to ask of the cluster, without anything for workers; null to do the runs here.</returns>
    /// <exception cref="CrossStitchException">An option has no effect, or is out of its range.</exception>
    public RunPlace? Read(ParseResult arguments, int threads)
    {
        var extra = arguments.GetValue(_extra) ?? [];
        var behind = arguments.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        if (extra.Length > behind)
        {
            // Taken for options of sbatch, but not written behind the dashes: a slip, as without this argument.
            throw new CrossStitchException(ParseErrors.Unmatched(arguments.CommandResult.Command, extra[..(extra.Length - behind)]));
        }

        var place = arguments.GetValue(_on);
        if (place != Slurm)
        {
            var given = ((Option[])[_partition, _time, _cpus, _arrayLimit, _requeues, _runsPerTask]).FirstOrDefault(arguments.Gives)?.Name ?? extra.FirstOrDefault();
            return given is not null ? throw new CrossStitchException($"{given} has no effect without --on slurm.")
                : place == Workers ? new RunPlace(null, arguments.GetValue(_wait))
                : !arguments.Gives(_wait) ? null
                : throw new CrossStitchException("--wait has no effect here: without --on, the command stays until the study is done.");
        }

        var options = new SlurmOptions
        {
            Partition = arguments.GetValue(_partition),
            Time = arguments.GetValue(_time),
            Cpus = arguments.GetValue(_cpus) ?? Math.Clamp(threads, 1, SlurmOptions.MostCpus),
            ArrayLimit = arguments.GetValue(_arrayLimit),
            MaxRequeues = arguments.GetValue(_requeues),
            RunsPerTask = arguments.GetValue(_runsPerTask),
            Extra = extra,
        };
        options.Validate();
        return new RunPlace(options, arguments.GetValue(_wait));
    }

    /// <summary>Other machines that do the runs.</summary>
    /// <param name="Slurm">What to ask of the cluster; null for workers that somebody starts.</param>
    /// <param name="Wait">Whether to stay until all have ended.</param>
    internal sealed record RunPlace(SlurmOptions? Slurm, bool Wait)
    {
        /// <summary>All cores, settled: machines differ, and results must not.</summary>
        public int Threads => Slurm?.Cpus ?? 1;
    }
}
