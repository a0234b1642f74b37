namespace CrossStitch.Experiments.Studies;

/// <summary>Sets of auxiliary tasks: their names, and how a user writes them.</summary>
public static class AuxiliarySet
{
    /// <summary>The name of the set of all auxiliary tasks.</summary>
    public const string All = "all";

    private const string EachWord = "each";

    /// <summary>"all", or the tasks' names joined by "+"; empty without any.</summary>
    /// <param name="tasks">The set.</param>
    /// <param name="all">All auxiliary tasks that there are.</param>
    public static string Name(IReadOnlyCollection<string> tasks, IReadOnlyCollection<string> all) => tasks.Count > 0 && tasks.Count == all.Count ? All : string.Join('+', tasks);

    /// <summary>Every task alone, then all together: in the paper five sets.</summary>
    /// <param name="all">All auxiliary tasks.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Each(IReadOnlyList<string> all) => all.Count < 2 ? [all] : [.. all.Select(task => new[] { task }), all];

    /// <summary>Reads sets as a user writes them: <c>all</c>, <c>each</c>, or tasks joined by commas or "+".</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="all">All auxiliary tasks that there are.</param>
    /// <exception cref="CrossStitchException">It names no known task.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Parse(string text, IReadOnlyList<string> all)
    {
        switch (text.Trim().ToLowerInvariant())
        {
            case All:
                return [all];
            case EachWord:
                return Each(all);
        }

        var names = text.Split([',', '+'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.FirstOrDefault(name => name.ToLowerInvariant() is All or EachWord) is { } alone)
        {
            throw new CrossStitchException($"'{alone}' stands for sets of auxiliary tasks and cannot be joined with others; write it alone, or names of tasks.");
        }

        var unknown = names.FirstOrDefault(name => !all.Contains(name, StringComparer.OrdinalIgnoreCase));
        return unknown is null && names.Length > 0
            ? [[.. all.Where(task => names.Contains(task, StringComparer.OrdinalIgnoreCase))]]
            : throw new CrossStitchException($"'{unknown ?? text}' is not a set of auxiliary tasks; write all, each, or names of {string.Join(", ", all)} joined by commas.{NearestName.Question(unknown ?? text, [All, EachWord, .. all])}");
    }
}
