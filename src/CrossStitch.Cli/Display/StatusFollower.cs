using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>Shows a study that other processes do: a bar for all, one for each run that is under way, and a line for what fails.</summary>
/// <param name="bars">Where.</param>
internal sealed class StatusFollower(Bars bars)
{
    private readonly Bar _all = bars.Add("runs done");
    private readonly Dictionary<string, Bar> _running = [];
    private readonly HashSet<string> _said = [];
    private int? _before;
    private int _done = -1;

    /// <summary>Shows where it is now.</summary>
    /// <param name="status">Where it is.</param>
    public void Show(StudyStatus status)
    {
        _before ??= status.Done;
        var title = $"{status.Done} of {status.Planned} runs done, {status.Running.Count} running";
        var shares = status.Running.Sum(run => run.Epochs > 0 ? Math.Min(1, run.Epoch / (double)run.Epochs) : 0);
        _all.Report(status.Done + status.Failed.Count + shares, status.Planned, _before.Value, title);
        var now = status.Running.ToDictionary(run => run.Folder);
        foreach (var gone in _running.Keys.Where(name => !now.ContainsKey(name)).ToList())
        {
            bars.Remove(_running[gone]);
            _running.Remove(gone);
        }

        foreach (var run in status.Running)
        {
            if (!_running.TryGetValue(run.Folder, out var bar))
            {
                bar = _running[run.Folder] = bars.Add(run.Host.Length > 0 ? $"{run.Folder} on {run.Host}" : run.Folder);
            }

            bar.Report(run.Epoch, Math.Max(1, run.Epochs));
        }

        foreach (var failed in status.Failed.Where(failed => _said.Add($"{failed.Variant}-{failed.Seed}")))
        {
            bars.Write($"{failed.Variant}, seed {failed.Seed}, failed: {failed.Reason}", new Style(Color.Red));
        }

        if (status.Done != _done)
        {
            _done = status.Done;
            bars.Write(title, new Style(Color.Grey));
        }
    }
}
