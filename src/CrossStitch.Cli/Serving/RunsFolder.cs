using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Training;
using CrossStitch.Web.Runs;

namespace CrossStitch.Cli.Serving;

/// <summary>The training runs of a folder: a run's own, or a study's with a run in each folder of it.</summary>
internal sealed class RunsFolder : ITrainingRuns
{
    /// <summary>A run whose metrics are older is not under way.</summary>
    private static readonly TimeSpan LongestEpoch = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of metrics that are read: of some ten thousand epochs.</summary>
    private const long LargestMetrics = 32_000_000;

    private readonly Dictionary<string, ((DateTime, long) Stamp, IReadOnlyList<EpochReport> Epochs)> _known = [];
    private readonly string _path;
    private readonly Catalog _catalog;

    /// <summary>Opens a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="catalog">What recipes name.</param>
    /// <exception cref="CrossStitchException">There is no such folder.</exception>
    public RunsFolder(string path, Catalog catalog)
    {
        (_path, _catalog) = (Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), catalog);
        if (!Directory.Exists(_path))
        {
            throw new CrossStitchException($"{path}: there is no such folder; name one that 'crossstitch train', 'compare' or 'reproduce' writes.");
        }
    }

    /// <inheritdoc/>
    public RunsAnswer List() => new(
        Path.GetFileName(_path),
        HasReport,
        [.. Folders().OrderBy(folder => folder.Key, StringComparer.Ordinal).Select(folder => Summary(folder.Key, folder.Value, null))]);

    /// <inheritdoc/>
    public RunAnswer? Read(string id)
    {
        if (!Folders().TryGetValue(id, out var folder))
        {
            return null;
        }

        var epochs = Metrics(folder);
        var summary = Summary(id, folder, epochs);
        return new RunAnswer(id, summary.State, summary.Epoch, summary.Epochs,
        [
            .. Curves("losses", epochs, epoch => epoch.TaskLosses),
            .. Curves("validation losses", epochs, epoch => epoch.ValidationLosses),
            .. Curves("validation scores", epochs, epoch => epoch.Scores),
            new CurveAnswer("learning rate", "learning rate", [.. epochs.Select(epoch => (double?)epoch.LearningRate)]),
        ]);
    }

    /// <inheritdoc/>
    public string? Report() => HasReport ? BoundedText.Read(ReportPath, "report", BoundedText.Record) : null;

    private string ReportPath => Path.Combine(_path, StudyReport.FileName);

    /// <summary>A link is none: it would show another file, under the server's address.</summary>
    private bool HasReport => File.Exists(ReportPath) && new FileInfo(ReportPath).LinkTarget is null;

    /// <summary>The runs by their folders' names.</summary>
    private Dictionary<string, RunFolder> Folders()
    {
        var own = new RunFolder(_path, _catalog);
        return own.IsBegun
            ? new Dictionary<string, RunFolder> { [Path.GetFileName(_path)] = own }
            : !Directory.Exists(_path) ? [] : new DirectoryInfo(_path).EnumerateDirectories().Select(folder => (folder.Name, Run: new RunFolder(folder.FullName, _catalog))).Where(folder => folder.Run.IsBegun).ToDictionary(folder => folder.Name, folder => folder.Run);
    }

    private RunSummary Summary(string id, RunFolder folder, IReadOnlyList<EpochReport>? known)
    {
        var planned = folder.TryRecipe()?.Training.Epochs ?? 0;
        if (known is null && folder.IsFinished)
        {
            return new RunSummary(id, "finished", planned, planned);
        }

        var epochs = known ?? Metrics(folder);
        var epoch = epochs.Count == 0 ? 0 : epochs[^1].Epoch;
        var isFresh = File.Exists(folder.MetricsPath) && (DateTime.UtcNow - File.GetLastWriteTimeUtc(folder.MetricsPath)).Duration() < LongestEpoch;
        return new RunSummary(id, folder.IsFinished ? "finished" : isFresh ? "running" : "waiting", epoch, planned);
    }

    /// <summary>What can be read now: a run under way writes at the same time. Read once for all who ask, and again when it has changed.</summary>
    private IReadOnlyList<EpochReport> Metrics(RunFolder folder)
    {
        lock (_known)
        {
            var file = new FileInfo(folder.MetricsPath);
            if (!file.Exists || file.LinkTarget is not null || file.Length > LargestMetrics)
            {
                return [];
            }

            var stamp = (file.LastWriteTimeUtc, file.Length);
            if (!_known.TryGetValue(folder.FullPath, out var known) || known.Stamp != stamp)
            {
                _known[folder.FullPath] = known = (stamp, Load(folder));
            }

            return known.Epochs;
        }
    }

    private static IReadOnlyList<EpochReport> Load(RunFolder folder)
    {
        try
        {
            return folder.LoadMetrics();
        }
        catch (CrossStitchException)
        {
            return [];
        }
    }

    private static IEnumerable<CurveAnswer> Curves(string group, IReadOnlyList<EpochReport> epochs, Func<EpochReport, IReadOnlyDictionary<string, double>?> values) =>
        epochs.SelectMany(epoch => values(epoch)?.Keys ?? []).Distinct().Select(name => new CurveAnswer(
            group,
            name,
            [.. epochs.Select(epoch => values(epoch) is { } all && all.TryGetValue(name, out var value) && double.IsFinite(value) ? value : (double?)null)]));
}
