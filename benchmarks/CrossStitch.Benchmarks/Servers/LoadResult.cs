namespace CrossStitch.Benchmarks.Servers;

/// <summary>What came of a load, as <c>benchmarks/server/post.lua</c> prints it.</summary>
/// <param name="Requests">Answers.</param>
/// <param name="Seconds">In which time.</param>
/// <param name="P50">Milliseconds that half of them took at most.</param>
/// <param name="P99">Milliseconds that 99 % of them took at most.</param>
/// <param name="Refused">Answers that were no success.</param>
/// <param name="Broken">Connections that broke or took too long.</param>
internal sealed record LoadResult(long Requests, double Seconds, double P50, double P99, long Refused, long Broken)
{
    /// <summary>Photos that were answered, a second.</summary>
    public double PhotosPerSecond => (Requests - Refused) / Seconds;
}
