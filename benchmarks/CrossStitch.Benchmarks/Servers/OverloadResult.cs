namespace CrossStitch.Benchmarks.Servers;

/// <summary>What clients met that ask one after the other.</summary>
/// <param name="Clients">How many there were.</param>
/// <param name="Served">Milliseconds of each answer with faces, ascending.</param>
/// <param name="Refused">Milliseconds of each refusal, ascending.</param>
/// <param name="Seconds">How long they asked.</param>
internal sealed record OverloadResult(int Clients, IReadOnlyList<double> Served, IReadOnlyList<double> Refused, double Seconds)
{
    /// <summary>Milliseconds that a share of some took at most.</summary>
    /// <param name="ascending">In order.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Quantile(IReadOnlyList<double> ascending, double share) =>
        ascending.Count == 0 ? 0 : ascending[Math.Min(ascending.Count - 1, (int)(share * ascending.Count))];
}
