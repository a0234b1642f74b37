using System.Text;
using System.Text.Json;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Studies;

/// <summary>Reads where a study is from the folders of its runs: a few looks a run, so that ten thousand take less than a second.</summary>
/// <param name="study">The study's folder.</param>
/// <param name="plan">Its plan.</param>
/// <param name="catalog">What recipes name.</param>
internal sealed class StatusReader(string study, StudyPlanFile plan, Catalog catalog)
{
    /// <summary>How many looks are under way at once: on a network disk each is a wait.</summary>
    private const int Lookers = 16;

    /// <summary>Of so many finished runs the time is read.</summary>
    private const int Timed = 24;

    /// <summary>Bytes at the end of the metrics in which their last line is looked for: first a few, as it mostly is short.</summary>
    private static readonly int[] Tails = [4 * 1024, 64 * 1024];

    /// <summary>Made absolute once, not once a run.</summary>
    private readonly string _root = Path.GetFullPath(study);

    private enum State
    {
        Waiting,
        Done,
        Running,
        Failed,
        Lost,
    }

    /// <summary>Looks at every run.</summary>
    /// <param name="isExpected">Whether something in a scheduler's queue will come to the run of a folder; null where there is none.</param>
    public StudyStatus Read(Func<string, bool>? isExpected)
    {
        var runs = plan.Runs;
        var found = new Found[runs.Count];
        Parallel.For(0, runs.Count, new ParallelOptions { MaxDegreeOfParallelism = Lookers }, i => found[i] = Look(runs[i].Folder, isExpected));
        int[] Of(State state) => [.. Enumerable.Range(0, runs.Count).Where(i => found[i].State == state)];
        var (done, running) = (Of(State.Done), Of(State.Running));
        List<RunningRun> underWay = [.. running.Select(i => new RunningRun(runs[i].Folder, found[i].Host ?? "", found[i].Epoch, plan.Recipe?.Training.Epochs ?? 0))];
        return new StudyStatus(
            runs.Count,
            done.Length,
            underWay,
            Of(State.Waiting).Length,
            [.. Of(State.Failed).Select(i => new StudyFailure(runs[i].Variant, runs[i].Seed, found[i].Failure!))],
            [.. Of(State.Lost).Select(i => runs[i].Folder)],
            Left([.. done.Select(i => runs[i].Folder)], underWay, Of(State.Waiting).Length));
    }

    private RunFolder FolderOf(string name) => new(Path.Combine(_root, name), catalog);

    private Found Look(string name, Func<string, bool>? isExpected)
    {
        var folder = FolderOf(name);
        if (folder.IsFinished)
        {
            return new Found(State.Done);
        }

        if (folder.LiveClaim() is { } owner)
        {
            return new Found(State.Running, Host: owner.Host, Epoch: LastEpoch(folder.MetricsPath));
        }

        var isComing = isExpected?.Invoke(name);
        return folder.Failure is { } reason && (folder.Tries >= WorkOptions.MostTries || isComing != true) ? new Found(State.Failed, reason)
            : isComing == false ? new Found(State.Lost)
            : new Found(State.Waiting);
    }

    private static int LastEpoch(string metrics)
    {
        try
        {
            using var file = new FileStream(metrics, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
            foreach (var tail in Tails)
            {
                var bytes = new byte[Math.Min(tail, file.Length)];
                file.Seek(-bytes.Length, SeekOrigin.End);
                var text = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
                if (text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(EpochOf).FirstOrDefault(epoch => epoch is not null) is { } last)
                {
                    return last;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has not been begun, or is just being written anew: the next look tells.
        }

        return 0;
    }

    /// <summary>The epoch of a line, without a look at the rest of it; null if the line is none, or half of one.</summary>
    private static int? EpochOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("epoch", out var epoch) && epoch.TryGetInt32(out var number) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is left, at the pace of runs that have ended, by as many as run now.</summary>
    private TimeSpan? Left(IReadOnlyList<string> done, IReadOnlyList<RunningRun> running, int waiting)
    {
        if (done.Count == 0 || running.Count == 0)
        {
            return null;
        }

        List<double> seconds = [];
        foreach (var name in Enumerable.Range(0, Math.Min(Timed, done.Count)).Select(i => done[(int)((long)i * done.Count / Math.Min(Timed, done.Count))]))
        {
            try
            {
                seconds.Add(FolderOf(name).LoadResult().TrainingSeconds);
            }
            catch (CrossStitchException)
            {
                // Damaged, or just being deleted: the collection of results says so.
            }
        }

        var open = waiting + running.Sum(run => 1 - Math.Min(1, run.Epoch / Math.Max(1.0, run.Epochs)));
        return seconds.Count == 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds.Average() * Math.Max(open / running.Count, waiting > 0 ? 1 : 0), TimeSpan.FromDays(3650).TotalSeconds));
    }

    private readonly record struct Found(State State, string? Failure = null, string? Host = null, int Epoch = 0);
}
