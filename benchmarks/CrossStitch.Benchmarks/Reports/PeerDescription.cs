namespace CrossStitch.Benchmarks.Reports;

/// <summary>Who took part.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Tuning">How it was tuned.</param>
public sealed record PeerDescription(string Name, string Version, string Tuning);
