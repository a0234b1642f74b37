using CrossStitch.Web.Runs;

namespace CrossStitch.Web.BrowserTests;

/// <summary>Two runs, one of which is an epoch further each time it is asked for, until it has ended.</summary>
internal sealed class DrawnRuns : ITrainingRuns
{
    private const int Epochs = 6;

    private int _epoch = 2;

    /// <inheritdoc/>
    public RunsAnswer List()
    {
        var epoch = Math.Min(Epochs, Interlocked.Increment(ref _epoch));
        return new RunsAnswer("study", true, [new RunSummary("cross-stitch", epoch < Epochs ? "running" : "finished", epoch, Epochs), new RunSummary("single", "waiting", 0, Epochs)]);
    }

    /// <inheritdoc/>
    public RunAnswer? Read(string id) => id switch
    {
        "cross-stitch" => new RunAnswer(id, "running", _epoch, Epochs,
        [
            new CurveAnswer("losses", "landmarks", [.. Enumerable.Range(1, _epoch).Select(epoch => (double?)(0.5 / epoch))]),
            new CurveAnswer("losses", "smile", [.. Enumerable.Range(1, _epoch).Select(epoch => (double?)(0.7 - (0.05 * epoch)))]),
            new CurveAnswer("validation losses", "landmarks", [null, .. Enumerable.Range(2, _epoch - 1).Select(epoch => (double?)(0.6 / epoch))]),
            new CurveAnswer("learning rate", "learning rate", [.. Enumerable.Repeat((double?)0.001, _epoch)]),
        ]),
        "single" => new RunAnswer(id, "waiting", 0, Epochs, []),
        _ => null,
    };

    /// <inheritdoc/>
    public string? Report() => "<!DOCTYPE html><html lang=\"en\"><head><title>A study</title></head><body><h1>What came out</h1></body></html>";
}
