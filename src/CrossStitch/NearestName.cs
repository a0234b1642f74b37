namespace CrossStitch;

/// <summary>What somebody may have meant by a name that is none.</summary>
public static class NearestName
{
    /// <summary>A text that is longer is no name, and comparing it takes a table of its length squared.</summary>
    private const int LongestName = 100;

    /// <summary>The nearest of the names that there are.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="names">The names.</param>
    /// <returns>The name; null if none is near: a third of its letters may differ, be missing, be too many or be exchanged.</returns>
    public static string? Of(string text, IEnumerable<string> names)
    {
        if (text.Length > LongestName)
        {
            return null;
        }

        var near = names
            .Where(name => name.Length <= LongestName)
            .Select(name => (Name: name, Distance: Distance(text.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(near => near.Distance <= Math.Max(1, Math.Max(text.Length, near.Name.Length) / 3))
            .ToList();
        return near.Count == 0 ? null : near.MinBy(one => one.Distance).Name;
    }

    /// <summary>A question to end an error with, such as <c> Did you mean 'split'?</c>; empty if no name is near.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="names">The names.</param>
    public static string Question(string text, IEnumerable<string> names) => Of(text, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>Letters to change, add, leave out or exchange with the next one (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var changed = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }
}
