namespace CrossStitch.Benchmarks.Machines;

/// <summary>The most arithmetic that was measured in a loop of nothing but multiply-adds.</summary>
/// <param name="VectorBits">Width of the vectors.</param>
/// <param name="Threads">How many threads did it at once.</param>
/// <param name="Gigaflops">Of all threads together: 10⁹ floating-point operations a second, two a multiply-add.</param>
public sealed record PeakSpeed(int VectorBits, int Threads, double Gigaflops);
