using CrossStitch.Experiments.Catalogs;

namespace CrossStitch.Experiments.Clusters;

/// <summary>
/// Which runs each task of an array does: a text file with a line a task, and in it the folders of its runs, with tabs between
/// them. Tasks are counted from 0.
/// </summary>
public static class TaskList
{
    /// <summary>A task takes about this long, so that a scheduler has little to do and a lost one loses little.</summary>
    private const double GoodSeconds = 300;

    /// <summary>An array has at least so many tasks before runs are put together, for as many machines to have something to do.</summary>
    private const int FewTasks = 128;

    /// <summary>Packs runs into tasks.</summary>
    /// <param name="runs">The folders of the runs, in the order in which they are wanted, each with about how long it takes in seconds.</param>
    /// <param name="mostTasks">The most tasks that the cluster takes in one array.</param>
    /// <param name="runsPerTask">How many runs a task has; null to choose by their times.</param>
    /// <exception cref="CrossStitchException">There would be too many tasks.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Pack(IReadOnlyList<(string Folder, double Seconds)> runs, int mostTasks, int? runsPerTask = null)
    {
        if (runsPerTask is { } each)
        {
            var tasks = runs.Chunk(each).Select(task => task.Select(run => run.Folder).ToArray()).ToArray();
            return tasks.Length <= mostTasks
                ? tasks
                : throw new CrossStitchException($"{runs.Count} runs, {each} a task, are {tasks.Length} tasks, and this cluster takes {mostTasks} in one array (MaxArraySize); use --runs-per-task {(runs.Count + mostTasks - 1) / mostTasks} or more.");
        }

        // In turn, so that the first task has the first run, and every task some of the long ones.
        var total = runs.Sum(run => Math.Max(run.Seconds, 0));
        var count = (int)Math.Min(Math.Max(Math.Ceiling(total / GoodSeconds), FewTasks), Math.Min(runs.Count, mostTasks));
        var packed = Enumerable.Range(0, count).Select(_ => new List<string>()).ToArray();
        for (var i = 0; i < runs.Count; i++)
        {
            packed[i % count].Add(runs[i].Folder);
        }

        return packed;
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="tasks">The runs of each task.</param>
    /// <exception cref="CrossStitchException">It cannot be written.</exception>
    public static void Save(string path, IReadOnlyList<IReadOnlyList<string>> tasks) =>
        AtomicFile.WriteAllText(path, string.Concat(tasks.Select(task => string.Join('\t', task) + "\n")));

    /// <summary>Reads the file.</summary>
    /// <param name="path">Which.</param>
    /// <exception cref="CrossStitchException">It cannot be read.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Load(string path) =>
        [.. BoundedText.Read(path, "list of tasks", BoundedText.Record).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r').Split('\t', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Reads the runs of one task.</summary>
    /// <param name="path">The file.</param>
    /// <param name="task">The task's number, from 0.</param>
    /// <exception cref="CrossStitchException">It cannot be read, or has no such task.</exception>
    public static IReadOnlyList<string> Load(string path, int task) =>
        Load(path) is var tasks && task >= 0 && task < tasks.Count ? tasks[task] : throw new CrossStitchException($"{path}: has no task {task}; it has {tasks.Count}, counted from 0.");
}
