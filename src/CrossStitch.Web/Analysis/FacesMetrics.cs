using System.Diagnostics;
using System.Diagnostics.Metrics;
using CrossStitch.Web.Answers;

namespace CrossStitch.Web.Analysis;

/// <summary>What the endpoints measure, as OpenTelemetry names and units have it; the meter is <see cref="MeterName"/>.</summary>
internal sealed class FacesMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CrossStitch.Faces";

    private readonly Counter<long> _photos;
    private readonly Counter<long> _faces;
    private readonly Histogram<double> _stages;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes meters, and ends them.</param>
    /// <param name="workers">Whose queue is watched.</param>
    public FacesMetrics(IMeterFactory meters, AnalysisWorkers workers)
    {
        var meter = meters.Create(MeterName);
        _photos = meter.CreateCounter<long>("crossstitch.photos", "{photo}", "Photos by outcome: ok, or the code of the problem.");
        _faces = meter.CreateCounter<long>("crossstitch.faces", "{face}", "Faces that were found.");
        _stages = meter.CreateHistogram<double>("crossstitch.stage.duration", "s", "Time by stage: queue, decode, find, read.");
        meter.CreateObservableUpDownCounter("crossstitch.queue.length", () => workers.Waiting, "{photo}", "Photos that wait for a worker.");
    }

    /// <summary>Counts a photo that was answered.</summary>
    /// <param name="answer">The answer.</param>
    public void Count(PhotoAnswer answer)
    {
        Count("ok");
        _faces.Add(answer.Faces.Count);
        Record("queue", answer.Timings.Queue);
        Record("decode", answer.Timings.Decode);
        Record("find", answer.Timings.Find);
        Record("read", answer.Timings.Read);
    }

    /// <summary>Counts a photo.</summary>
    /// <param name="outcome"><c>ok</c>, or the code of the problem.</param>
    public void Count(string outcome) => _photos.Add(1, new TagList { { "outcome", outcome } });

    private void Record(string stage, double milliseconds) => _stages.Record(milliseconds / 1000, new TagList { { "stage", stage } });
}
