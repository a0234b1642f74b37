namespace CrossStitch.Benchmarks.Simulations;

/// <summary>What a study in which nothing differs was found to say.</summary>
/// <param name="FoundAlone">The test, with the pair's own seeds alone, found a difference.</param>
/// <param name="HeldAlone">The interval, with the pair's own seeds alone, held zero.</param>
/// <param name="FoundInTable">The test in a table of networks found a difference, before correction.</param>
/// <param name="HeldInTable">The interval in a table of networks held zero.</param>
/// <param name="AnyFound">After Holm's correction any network of the table was called better or worse than the baseline.</param>
internal sealed record SimulatedOutcome(bool FoundAlone, bool HeldAlone, bool FoundInTable, bool HeldInTable, bool AnyFound);
