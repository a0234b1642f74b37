using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrossStitch.Benchmarks.Machines;

namespace CrossStitch.Benchmarks.Reports;

/// <summary>A comparison with the peers, with all that is needed to judge it.</summary>
public sealed record PeersReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>When it was measured, in UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The command that measures it again; files by their names alone.</summary>
    public required string Command { get; init; }

    /// <summary>Where.</summary>
    public required Machine Machine { get; init; }

    /// <summary>The settings of the C library's memory, of all processes.</summary>
    public required IReadOnlyDictionary<string, string> Malloc { get; init; }

    /// <summary>Who took part, ourselves first.</summary>
    public required IReadOnlyList<PeerDescription> Peers { get; init; }

    /// <summary>Who did not, and why: a sentence each.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>What the networks saw.</summary>
    public required string Faces { get; init; }

    /// <summary>Measurements of each peer at each job.</summary>
    public required int Rounds { get; init; }

    /// <summary>Seconds of one measurement.</summary>
    public required double Seconds { get; init; }

    /// <summary>Rounds that were done again, of all jobs, because the processor's cores were not free after them.</summary>
    public required int Repeated { get; init; }

    /// <summary>The roof, by vector width and threads.</summary>
    public required IReadOnlyList<PeakSpeed> Peaks { get; init; }

    /// <summary>What counts as arithmetic.</summary>
    public required string Convention { get; init; }

    /// <summary>The jobs.</summary>
    public required IReadOnlyList<JobResult> Jobs { get; init; }

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
