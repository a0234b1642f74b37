namespace CrossStitch.Experiments.Clusters;

/// <summary>What a study asks of a cluster that Slurm runs.</summary>
public sealed record SlurmOptions
{
    /// <summary>The most tasks of an array that can be asked for; a cluster's own limit (MaxArraySize) is mostly lower.</summary>
    public const int MostTasks = 1_000_000;

    /// <summary>The most processors of a task that can be asked for.</summary>
    public const int MostCpus = 256;

    /// <summary>The partition; null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>How long a task may take, in a form that sbatch knows (minutes, hours:minutes:seconds, days-hours …); null for the partition's default.</summary>
    public string? Time { get; init; }

    /// <summary>Processors of a task.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>How many tasks may run at once; null for as many as the cluster lets.</summary>
    public int? ArrayLimit { get; init; }

    /// <summary>How often a task that was preempted or ran out of time goes back into the queue.</summary>
    public int MaxRequeues { get; init; } = 100;

    /// <summary>Runs of a task; null for as many as keep an array of thousands of short runs from drowning the scheduler.</summary>
    public int? RunsPerTask { get; init; }

    /// <summary>More options of sbatch, as on its command line.</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];

    /// <summary>Checks every option.</summary>
    /// <exception cref="CrossStitchException">One cannot be written into a script, or is out of its range.</exception>
    public void Validate()
    {
        foreach (var text in (string?[])[Partition, Time, .. Extra])
        {
            // A line of the script is an option: one with a line break would be two.
            if (text is not null && (text.Length == 0 || text.Any(char.IsControl)))
            {
                throw new CrossStitchException($"'{text?.ReplaceLineEndings("\\n")}' cannot be an option of sbatch: it is empty, or has a control character in it.");
            }
        }

        if (Extra.FirstOrDefault(option => !option.StartsWith('-')) is { } word)
        {
            throw new CrossStitchException($"'{word}' cannot be given to sbatch alone; write an option with its value in one word, such as --account=mine.");
        }

        if (Extra.Select(option => option.Split('=')[0]).FirstOrDefault(IsOurs) is { } taken)
        {
            throw new CrossStitchException($"{taken} cannot be given to sbatch here: the script of the study depends on its own.");
        }
    }

    /// <summary>Whether a word is one of our own options, cut short or with its value right behind it, as sbatch allows.</summary>
    private static bool IsOurs(string word) => word.StartsWith("--", StringComparison.Ordinal)
        ? Ours.Any(ours => ours == word || (word.Length > 4 && ours.StartsWith(word, StringComparison.Ordinal)))
        : Ours.Any(ours => ours.Length == 2 && word.StartsWith(ours, StringComparison.Ordinal));

    private static readonly string[] Ours = ["--array", "-a", "--output", "-o", "--error", "-e", "--open-mode", "--requeue", "--no-requeue", "--signal", "--chdir", "-D", "--wait", "-W", "--wrap", "--parsable", "--job-name", "-J", "--test-only"];
}
