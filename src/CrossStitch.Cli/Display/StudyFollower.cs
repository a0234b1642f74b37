using System.Globalization;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>Shows runs under way: a bar for all, which knows the time left, one for each that runs, and a line for each that has ended.</summary>
internal sealed class StudyFollower : IProgress<StudyProgress>
{
    private readonly Bars _bars;
    private readonly Bar _all;
    private readonly IReadOnlyList<PlannedRun> _runs;
    private readonly Dictionary<int, Bar> _underWay = [];
    private readonly Dictionary<int, long> _stepsBefore = [];
    private readonly HashSet<int> _elsewhere = [];
    private readonly double[] _done;
    private readonly double[] _before;
    private int _ended;

    /// <summary>Begins to follow.</summary>
    /// <param name="bars">Where to show.</param>
    /// <param name="runs">All runs.</param>
    public StudyFollower(Bars bars, IReadOnlyList<PlannedRun> runs)
    {
        (_bars, _runs) = (bars, runs);
        (_done, _before) = (new double[runs.Count], new double[runs.Count]);
        _all = bars.Add(Title);
    }

    private string Title => $"{_ended} of {_runs.Count} networks done";

    /// <inheritdoc/>
    public void Report(StudyProgress value)
    {
        if (value.IsElsewhere)
        {
            Leave(value);
        }
        else if (value.Retry is not null)
        {
            Rest(value);
        }
        else if (value.Ended)
        {
            End(value);
        }
        else
        {
            GoOn(value);
        }

        _all.Report(_done.Sum(), _runs.Sum(run => run.Cost), _before.Sum(), Title);
        if (value.Ended)
        {
            _bars.Write($"{_ended}/{_runs.Count} {value.Run.FolderName}: {Outcome(value)}", new Style(value.Failure is null ? Color.Grey : Color.Red));
        }
    }

    private void GoOn(StudyProgress value)
    {
        if (!_underWay.TryGetValue(value.Index, out var bar))
        {
            bar = _underWay[value.Index] = _bars.Add(value.Run.FolderName);
        }

        if (value.Step is { } step)
        {
            // A run that goes on has done something before its first step here.
            _stepsBefore.TryAdd(value.Index, step.Step - 1);
            bar.Report(step.Step, step.Steps, _stepsBefore[value.Index]);
            _done[value.Index] = value.Run.Cost * step.Step / step.Steps;
            _before[value.Index] = value.Run.Cost * _stepsBefore[value.Index] / step.Steps;
        }
    }

    /// <summary>Another process is at it: said once.</summary>
    private void Leave(StudyProgress value)
    {
        if (_elsewhere.Add(value.Index))
        {
            _bars.Write($"{value.Run.FolderName}: another process is at it.", new Style(Color.Grey));
        }
    }

    /// <summary>It has failed, and will be tried again.</summary>
    private void Rest(StudyProgress value)
    {
        if (_underWay.Remove(value.Index, out var bar))
        {
            _bars.Remove(bar);
        }

        _stepsBefore.Remove(value.Index);
        _bars.Write($"{value.Run.FolderName}: failed, and will be tried again: {value.Retry!.Split('\n')[0].TrimEnd()}", new Style(Color.Yellow));
    }

    private void End(StudyProgress value)
    {
        if (_underWay.Remove(value.Index, out var bar))
        {
            _bars.Remove(bar);
        }

        // What it did not do here took no time: it was done earlier, stopped early, or failed.
        _before[value.Index] += value.Run.Cost - _done[value.Index];
        _done[value.Index] = value.Run.Cost;
        _ended++;
    }

    private string Outcome(StudyProgress ended)
    {
        if (ended.Result is not { } result)
        {
            return $"failed: {ended.Failure!.Split('\n')[0].TrimEnd()}";
        }

        var data = ended.Run.Recipe.Data;
        var main = data.Domain().Measures(data.Tasks())[0];
        var error = result.Test is { } test && test.Overall.Measures.TryGetValue(main.Name, out var value)
            ? $"{main.Title} {ResultText.Amount(value, main)}{(main.Factor == 100 ? " %" : "")}, "
            : "";
        return _stepsBefore.ContainsKey(ended.Index)
            ? string.Create(CultureInfo.InvariantCulture, $"{error}{result.Epochs} epoch{(result.Epochs == 1 ? "" : "s")} in {result.TrainingSeconds:0} s")
            : $"{error}finished earlier";
    }
}
