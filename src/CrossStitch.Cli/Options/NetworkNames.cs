using CrossStitch.Experiments.Catalogs;

namespace CrossStitch.Cli.Options;

/// <summary>Networks and seeds as a user writes them.</summary>
internal static class NetworkNames
{
    /// <summary>Networks: <c>all</c>, or names joined by commas.</summary>
    /// <exception cref="CrossStitchException">A name is none.</exception>
    public static IReadOnlyList<NetworkDefinition> Parse(string text, Catalog catalog)
    {
        if (text.Trim().Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            return catalog.Networks.All;
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var named = (names.Length == 0 ? [text] : names).Select(name => catalog.Networks[name]).ToHashSet();
        return [.. catalog.Networks.All.Where(named.Contains)];
    }

    /// <summary>The seeds 1 to a number.</summary>
    public static IReadOnlyList<long> Seeds(int count) => [.. Enumerable.Range(1, count).Select(seed => (long)seed)];
}
