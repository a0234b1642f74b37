using CrossStitch.Experiments.Studies;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>A number over the epochs, of several seeds: their mean and range.</summary>
/// <param name="Epochs">From 1.</param>
/// <param name="Mean">Over the seeds that came so far.</param>
/// <param name="Low">The lowest seed.</param>
/// <param name="High">The highest seed.</param>
internal sealed record SeedCurves(double[] Epochs, double[] Mean, double[] Low, double[] High)
{
    /// <summary>More points than this are not seen as points: of more epochs, every second, third, … is drawn.</summary>
    private const int MostPoints = 2000;

    /// <summary>Gathers the curves of runs; null if no epoch has the number.</summary>
    /// <param name="runs">The seeds.</param>
    /// <param name="measure">The number; null where an epoch has none.</param>
    public static SeedCurves? Of(IEnumerable<StudyRun> runs, Func<EpochReport, double?> measure)
    {
        var epochs = runs.SelectMany(run => run.Epochs)
            .Select(epoch => (epoch.Epoch, Value: measure(epoch)))
            .Where(epoch => epoch.Value is { } value && double.IsFinite(value))
            .GroupBy(epoch => epoch.Epoch, epoch => epoch.Value!.Value)
            .OrderBy(epoch => epoch.Key).ToList();
        var step = (epochs.Count + MostPoints - 1) / MostPoints;
        epochs = step < 2 ? epochs : [.. epochs.Where((_, i) => i % step == 0 || i == epochs.Count - 1)];
        return epochs.Count == 0 ? null : new SeedCurves(
            [.. epochs.Select(epoch => (double)epoch.Key)],
            [.. epochs.Select(epoch => epoch.Average())],
            [.. epochs.Select(epoch => epoch.Min())],
            [.. epochs.Select(epoch => epoch.Max())]);
    }
}
