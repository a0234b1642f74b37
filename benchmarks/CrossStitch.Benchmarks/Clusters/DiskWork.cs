namespace CrossStitch.Benchmarks.Clusters;

/// <summary>What is asked of a shared disk.</summary>
/// <param name="Operations">Calls that reach its server.</param>
/// <param name="Bytes">Bytes that go there or come from it.</param>
internal readonly record struct DiskWork(double Operations, double Bytes)
{
    public static DiskWork operator +(DiskWork one, DiskWork other) => new(one.Operations + other.Operations, one.Bytes + other.Bytes);

    public static DiskWork operator *(DiskWork work, double times) => new(work.Operations * times, work.Bytes * times);
}
