using System.Globalization;
using System.Text;
using CrossStitch.Benchmarks.Machines;
using CrossStitch.Benchmarks.Peers;

namespace CrossStitch.Benchmarks.Reports;

/// <summary>A report as Markdown, which is also what the console shows.</summary>
public static class ReportText
{
    /// <summary>The whole text.</summary>
    /// <param name="report">The report.</param>
    public static string Of(PeersReport report)
    {
        var text = new StringBuilder("# Benchmarks\n");
        Describe(text, report);
        AppendSpeeds(text, report);
        AppendScaling(text, report);
        AppendPeaks(text, report);
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Describe(StringBuilder text, PeersReport report)
    {
        var machine = report.Machine;
        var load = machine.Load is { } value ? Invariant($", load {value:0.00} at the start") : "";
        text.Append(Invariant($"{machine.Processor}, {machine.Cores} cores, {machine.VectorBits}-bit vectors, {machine.System}, {machine.Runtime}, {report.Date:yyyy-MM-dd}{load}.\n\n"));
        text.Append($"```sh\n{report.Command}\n```\n\n");
        foreach (var peer in report.Peers)
        {
            text.Append($"- {peer.Name} {peer.Version}: {peer.Tuning}.\n");
        }

        foreach (var reason in report.LeftOut)
        {
            text.Append($"- {reason}\n");
        }

        var malloc = report.Malloc.Count == 0 ? "as the system has it" : string.Join(", ", report.Malloc.Select(setting => $"`{setting.Key}={setting.Value}`"));
        text.Append($"- Memory of the C library, for all: {malloc}.\n");
        text.Append(Invariant($"- {report.Faces}, in memory. Medians of {report.Rounds} alternating rounds of {report.Seconds} s after one to warm up; all others rest while one works.\n"));
        text.Append(Invariant($"- A round counts where the cores are free after it, by what multiply-adds in registers reach then; {report.Repeated} were done again.\n\n"));
    }

    private static void AppendSpeeds(StringBuilder text, PeersReport report)
    {
        text.Append("## Faces a second\n");
        text.Append("Training is forward, losses, backward, gradient limit and Adam. The ratio is ours over the fastest peer's.\n\n");
        var table = new TextTable(2, ["network", "job", "batch", "threads", .. report.Peers.Select(peer => peer.Name), "ratio", "GFLOP/s", "effective"]);
        foreach (var result in report.Jobs)
        {
            table.Add(
            [
                .. Names(result.Job),
                Invariant($"{result.Job.Threads}"),
                .. report.Peers.Select(peer => Find(result, peer) is { } speed ? Invariant($"{speed.Median:0}") : "–"),
                result.RatioToFastestPeer is { } ratio ? Invariant($"{ratio:0.00}") : "–",
                Invariant($"{result.Gigaflops:0}"),
                Invariant($"{100 * result.ShareOfPeak:0} %"),
            ]);
        }

        table.AppendTo(text);
    }

    private static void AppendScaling(StringBuilder text, PeersReport report)
    {
        var jobs = report.Jobs.GroupBy(result => result.Job with { Threads = 0 }).Where(results => results.Count() > 1).ToList();
        if (jobs.Count == 0)
        {
            return;
        }

        text.Append("## More cores\nTimes as fast as on the fewest threads.\n\n");
        var table = new TextTable(2, ["network", "job", "batch", "threads", .. report.Peers.Select(peer => peer.Name)]);
        foreach (var results in jobs)
        {
            var few = results.MinBy(result => result.Job.Threads)!;
            foreach (var many in results.Where(result => result != few))
            {
                table.Add(
                [
                    .. Names(many.Job),
                    Invariant($"{few.Job.Threads} → {many.Job.Threads}"),
                    .. report.Peers.Select(peer => Find(many, peer) is { } speed ? Invariant($"{speed.Median / Find(few, peer)!.Median:0.00}") : "–"),
                ]);
            }
        }

        table.AppendTo(text);
    }

    private static void AppendPeaks(StringBuilder text, PeersReport report)
    {
        text.Append($"## The roof\nThe most that a loop of nothing but multiply-adds in registers reaches. “Effective” is our share of it, of the widest vectors with as many threads. {report.Convention}\n\n");
        text.Append(Invariant($"A tower takes {TowerArithmetic.Millions(JobKind.Forward):0.000} million multiply-adds forward and {TowerArithmetic.Millions(JobKind.Training):0.000} million in training.\n\n"));
        var table = new TextTable(0, "vector bits", "threads", "GFLOP/s");
        foreach (var peak in report.Peaks)
        {
            table.Add(Invariant($"{peak.VectorBits}"), Invariant($"{peak.Threads}"), Invariant($"{peak.Gigaflops:0}"));
        }

        table.AppendTo(text);
    }

    private static string[] Names(PeerJob job) =>
        [job.Network, job.Kind.ToString().ToLowerInvariant(), Invariant($"{job.Batch}")];

    private static PeerSpeed? Find(JobResult result, PeerDescription peer) => result.Speeds.FirstOrDefault(speed => speed.Peer == peer.Name);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
