namespace CrossStitch.Fuzz.Targets;

/// <summary>A target that can be asked for.</summary>
/// <param name="Name">Its name: small letters and dashes.</param>
/// <param name="Reads">What it reads, in a line.</param>
/// <param name="Create">Makes it, given a folder for its files.</param>
internal sealed record TargetDefinition(string Name, string Reads, Func<string, FuzzTarget> Create);
