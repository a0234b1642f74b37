using CrossStitch.Benchmarks.Work;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>What is compared, and how long.</summary>
public sealed record PeersOptions
{
    /// <summary>Measurements of each peer at each job.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Seconds of one measurement.</summary>
    public double Seconds { get; init; } = 0.4;

    /// <summary>Which networks.</summary>
    public IReadOnlyList<string> Networks { get; init; } = NetworkWork.Names;

    /// <summary>With how many threads, one after the other.</summary>
    public IReadOnlyList<int> Threads { get; init; } = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];

    /// <summary>An archive in the layout of MTFL; null for drawn faces.</summary>
    public string? Data { get; init; }

    /// <summary>The file with the archive's detected boxes; null to derive every box from the landmarks.</summary>
    public string? Boxes { get; init; }

    /// <summary>Where the report goes as JSON.</summary>
    public string Out { get; init; } = "peers.json";

    /// <summary>Where it goes as Markdown; null for nowhere but the console.</summary>
    public string? Markdown { get; init; }

    /// <summary>The command that measures the same faces; files by their names alone.</summary>
    public string Command => "dotnet run -c Release --project benchmarks/CrossStitch.Benchmarks -- peers"
        + (Data is null ? "" : $" --data {Path.GetFileName(Path.TrimEndingDirectorySeparator(Data))}")
        + (Boxes is null ? "" : $" --boxes {Path.GetFileName(Boxes)}");

    /// <summary>All jobs: every network's training and forward pass by the batch, and the forward pass of one face of two networks.</summary>
    public IEnumerable<PeerJob> Jobs()
    {
        string[] alone = ["single", "cross-stitch"];
        return
        [
            .. from network in Networks
               from kind in Enum.GetValues<JobKind>()
               from threads in Threads
               select new PeerJob(network, kind, BenchmarkFaces.Count, threads),
            .. from network in Networks.Intersect(alone)
               from threads in Threads
               select new PeerJob(network, JobKind.Forward, 1, threads),
        ];
    }
}
