namespace CrossStitch.Experiments.Reports;

/// <summary>What one tower takes of another, or keeps of itself.</summary>
/// <param name="To">The tower that takes.</param>
/// <param name="From">The tower that it takes from.</param>
internal sealed record TowerPair(int To, int From)
{
    /// <summary>Its symbol: α AA, α AB and so on.</summary>
    public string Symbol => $"α {(char)('A' + To)}{(char)('A' + From)}";

    /// <summary>All pairs of towers: what each keeps of itself first.</summary>
    public static IReadOnlyList<TowerPair> All(int towers) =>
        [.. Enumerable.Range(0, towers * towers).Select(i => new TowerPair(i / towers, i % towers)).OrderBy(pair => pair.To == pair.From ? 0 : 1)];

    /// <summary>The pair in words, given what the groups of tasks are called.</summary>
    public string Words(IReadOnlyList<string> groups) => To == From
        ? $"{groups[To]} keep ({Symbol})"
        : $"{groups[To]} take from {groups[From]} ({Symbol})";
}
