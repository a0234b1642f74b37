using CrossStitch.Benchmarks.Machines;
using CrossStitch.Benchmarks.Reports;
using CrossStitch.Benchmarks.Work;
using CrossStitch.Faces.Training.Data;

namespace CrossStitch.Benchmarks.Peers;

/// <summary>
/// Measures all peers at all jobs, in alternating rounds of one run, so that whatever else the machine does hits all.
/// </summary>
public static class PeerComparison
{
    /// <summary>Threads of libraries spin for a while after their work; nobody shall spin in another's time.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>Rounds of a job that are done again, at most, where the cores were not free.</summary>
    private const int MostRepeats = 10;

    /// <summary>Measures.</summary>
    /// <param name="options">What, and how long.</param>
    /// <param name="log">Receives what is done, line by line.</param>
    /// <exception cref="CrossStitchException">The faces cannot be read.</exception>
    public static PeersReport Run(PeersOptions options, Action<string> log)
    {
        var machine = Machine.This();
        var faces = options.Data is null ? BenchmarkFaces.Drawn() : BenchmarkFaces.Of(options.Data, options.Boxes);
        log(faces.Description);
        var peaks = options.Threads.SelectMany(FmaPeak.Measure).ToList();
        var cores = new FreeCores(peaks);
        var repeated = 0;
        var leftOut = new List<string>();
        var peers = Start(faces, leftOut);
        leftOut.ForEach(log);
        try
        {
            var jobs = new List<JobResult>();
            foreach (var job in options.Jobs())
            {
                jobs.Add(Result(job, Measure(job, peers, options, cores, ref repeated, log), peaks));
            }

            return new PeersReport
            {
                Date = DateOnly.FromDateTime(DateTime.UtcNow),
                Command = options.Command,
                Machine = machine,
                Malloc = TunedProcess.Settings,
                Peers = [.. peers.Select(peer => new PeerDescription(peer.Name, peer.Version, peer.Tuning))],
                LeftOut = leftOut,
                Faces = faces.Description,
                Rounds = options.Rounds,
                Seconds = options.Seconds,
                Peaks = peaks,
                Convention = TowerArithmetic.Convention,
                Repeated = repeated,
                Jobs = jobs,
            };
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    private static List<IPeer> Start(BenchmarkFaces faces, List<string> leftOut)
    {
        var peers = new List<IPeer> { new FusedPeer(faces), new TorchSharpPeer(faces) };
        void Add(IPeer? peer, string missing)
        {
            if (peer is null)
            {
                leftOut.Add(missing);
            }
            else
            {
                peers.Add(peer);
            }
        }

        Add(PyTorchPeer.Start(faces), "PyTorch is left out: no python3 with torch was found (Debian: apt install python3-torch).");
        Add(OnnxRuntimePeer.Start(faces), "ONNX Runtime is left out: its native library cannot be loaded on this system.");
        return peers;
    }

    private static List<PeerSpeed> Measure(PeerJob job, IReadOnlyList<IPeer> peers, PeersOptions options, FreeCores cores, ref int repeated, Action<string> log)
    {
        List<IPeer> able = [.. peers.Where(peer => peer.Does(job.Kind))];
        List<IPeerWork> works = [.. able.Select(peer => peer.Prepare(job))];
        try
        {
            var rounds = works.ConvertAll(_ => new List<double>());
            works.ForEach(work => work.Measure(options.Seconds));
            var repeats = 0;
            for (var round = 0; round < options.Rounds;)
            {
                cores.WaitFor(job.Threads);
                var speedsNow = new double[works.Count];
                for (var turn = 0; turn < works.Count; turn++)
                {
                    // Everyone comes first, and after everyone else, equally often.
                    var next = (turn + round) % works.Count;
                    Thread.Sleep(Rest);
                    speedsNow[next] = works[next].Measure(options.Seconds);
                }

                if (repeats < MostRepeats && !cores.Are(job.Threads))
                {
                    repeats++;
                    continue;
                }

                rounds.Zip(speedsNow).ToList().ForEach(pair => pair.First.Add(pair.Second));
                round++;
            }

            repeated += repeats;
            List<PeerSpeed> speeds = [.. works.Select((work, i) => PeerSpeed.Of(able[i].Name, work.Way, rounds[i]))];
            log($"{job}: {string.Join(", ", speeds.Select(speed => FormattableString.Invariant($"{speed.Peer} {speed.Median:0}{(speed.Way is null ? "" : $" ({speed.Way})")}")))}");
            return speeds;
        }
        finally
        {
            works.ForEach(work => work.Dispose());
        }
    }

    private static JobResult Result(PeerJob job, List<PeerSpeed> speeds, IReadOnlyList<PeakSpeed> peaks)
    {
        var towers = NetworkWork.Describe(job.Network).Groups.Count;
        var gigaflops = 2e-9 * TowerArithmetic.MultiplyAdds(FaceTower.Shape40, job.Kind) * towers * speeds[0].Median;
        return new JobResult(job, speeds, gigaflops, gigaflops / peaks.Where(peak => peak.Threads == job.Threads).MaxBy(peak => peak.VectorBits)!.Gigaflops);
    }
}
