namespace CrossStitch.Benchmarks.Clusters;

/// <summary>A shared disk whose server does one thing after the other, as fast as its limits let it.</summary>
/// <param name="model">Its limits.</param>
internal sealed class SimulatedDisk(ClusterModel model)
{
    /// <summary>Seconds over which a peak is meant.</summary>
    private const int Window = 10;

    private readonly Dictionary<int, DiskWork> _asked = [];
    private double _free;

    /// <summary>All that was asked.</summary>
    public DiskWork Total { get; private set; }

    /// <summary>Seconds that processes waited because the server was busy with others, added up.</summary>
    public double Waited { get; private set; }

    /// <summary>The most that was asked in a second, over ten seconds.</summary>
    public DiskWork Peak => new(_asked.Values.Max(work => work.Operations) / Window, _asked.Values.Max(work => work.Bytes) / Window);

    /// <summary>Asks for something.</summary>
    /// <param name="now">When.</param>
    /// <param name="work">What.</param>
    /// <returns>When it is done.</returns>
    public double Do(double now, DiskWork work)
    {
        var window = (int)(now / Window);
        _asked[window] = _asked.GetValueOrDefault(window) + work;
        Total += work;
        var begin = Math.Max(_free, now);
        Waited += begin - now;
        _free = begin + Math.Max(work.Operations / model.OperationsPerSecond, work.Bytes / model.BytesPerSecond);
        return _free + (work.Operations * model.Latency);
    }
}
