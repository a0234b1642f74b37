using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Cli.Options;

/// <summary>Networks and seeds as a user writes them.</summary>
internal static class NetworkNames
{
    /// <summary>Networks: <c>all</c>, or names joined by commas.</summary>
    /// <exception cref="CrossStitchException">A name is none.</exception>
    public static IReadOnlyList<NetworkKind> Parse(string text)
    {
        var known = Enum.GetValues<NetworkKind>();
        if (text.Trim().Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            return known;
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.FirstOrDefault(name => !known.Any(kind => NetworkBuilder.Name(kind) == name));
        if (unknown is not null || names.Length == 0)
        {
            var all = known.Select(NetworkBuilder.Name).ToList();
            throw new CrossStitchException($"'{unknown ?? text}' is not a network; there are {string.Join(", ", all)}.{NearestName.Question(unknown ?? text, all)}");
        }

        return [.. known.Where(kind => names.Contains(NetworkBuilder.Name(kind)))];
    }

    /// <summary>The seeds 1 to a number.</summary>
    public static IReadOnlyList<long> Seeds(int count) => [.. Enumerable.Range(1, count).Select(seed => (long)seed)];
}
