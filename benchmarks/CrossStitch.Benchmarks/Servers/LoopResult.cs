namespace CrossStitch.Benchmarks.Servers;

/// <summary>What a loop over the library did.</summary>
/// <param name="PhotosPerSecond">On all cores together.</param>
/// <param name="Decode">Its share of the time, from 0 to 1.</param>
/// <param name="Find">Its share.</param>
/// <param name="Read">Its share.</param>
/// <param name="Write">Its share: the answer as JSON.</param>
internal sealed record LoopResult(double PhotosPerSecond, double Decode, double Find, double Read, double Write);
