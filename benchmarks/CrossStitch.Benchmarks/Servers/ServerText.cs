using System.Globalization;
using System.Text;
using CrossStitch.Benchmarks.Machines;

namespace CrossStitch.Benchmarks.Servers;

/// <summary>A comparison as Markdown, which is also what the console shows.</summary>
internal static class ServerText
{
    /// <summary>The whole text.</summary>
    /// <param name="machine">Where.</param>
    /// <param name="photos">How many photos.</param>
    /// <param name="connections">Requests under way at once.</param>
    /// <param name="loops">The library's rounds.</param>
    /// <param name="loads">The server's rounds.</param>
    /// <param name="overload">Clients that wait for their answers: as many as fit, and twice as many.</param>
    public static string Of(Machine machine, int photos, int connections, IReadOnlyList<LoopResult> loops, IReadOnlyList<LoadResult> loads, IReadOnlyList<OverloadResult> overload)
    {
        var text = new StringBuilder("# Faces over HTTP\n");
        var load = machine.Load is { } value ? Invariant($", load {value:0.00} at the start") : "";
        text.Append(Invariant($"{machine.Processor}, {machine.Cores} cores, {machine.VectorBits}-bit vectors, {machine.System}, {machine.Runtime}, {DateTime.UtcNow:yyyy-MM-dd}{load}.\n\n"));
        text.Append(Invariant($"{photos} encoded photos in turn, {connections} requests at once by wrk on the same cores, {loops.Count} alternating rounds: medians, lowest and highest.\n\n"));
        text.Append("| | photos a second | half within | 99 % within | refused | broken |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        text.Append($"| a loop over the library | {Spread(loops, loop => loop.PhotosPerSecond, "0")} | | | | |\n");
        text.Append(Invariant($"| the server | {Spread(loads, each => each.PhotosPerSecond, "0")} | {Spread(loads, each => each.P50, "0.0")} ms | {Spread(loads, each => each.P99, "0.0")} ms | {loads.Sum(each => each.Refused)} | {loads.Sum(each => each.Broken)} |\n"));
        text.Append($"| the server's share of the loop, %, by round | {Spread([.. loads.Zip(loops)], pair => 100 * pair.First.PhotosPerSecond / pair.Second.PhotosPerSecond, "0")} | | | | |\n\n");
        text.Append($"Of the loop's time, decoding takes {Share(loops, loop => loop.Decode)} %, finding {Share(loops, loop => loop.Find)} %, reading {Share(loops, loop => loop.Read)} %, writing JSON {Share(loops, loop => loop.Write)} %.\n");
        text.Append("\nWith as many clients as workers and queue hold, and with twice as many, in C# beside the server; a client that is refused waits 0.1 s:\n\n");
        text.Append("| clients | answered a second | half within | 99 % within | refused a second | 99 % of refusals within |\n| ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var each in overload)
        {
            text.Append(Invariant($"| {each.Clients} | {each.Served.Count / each.Seconds:0} | {OverloadResult.Quantile(each.Served, 0.5):0.0} ms | {OverloadResult.Quantile(each.Served, 0.99):0.0} ms | {each.Refused.Count / each.Seconds:0} | {OverloadResult.Quantile(each.Refused, 0.99):0.0} ms |\n"));
        }

        return text.ToString();
    }

    private static string Spread<T>(IReadOnlyList<T> rounds, Func<T, double> value, string format)
    {
        var values = rounds.Select(value).Order().ToList();
        string Show(double number) => number.ToString(format, CultureInfo.InvariantCulture);
        return $"{Show(values[values.Count / 2])} ({Show(values[0])} to {Show(values[^1])})";
    }

    private static string Share(IReadOnlyList<LoopResult> loops, Func<LoopResult, double> value) =>
        (100 * loops.Select(value).Order().ElementAt(loops.Count / 2)).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
