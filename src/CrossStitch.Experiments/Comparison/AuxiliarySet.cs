using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Comparison;

/// <summary>The auxiliary tasks of one column of the paper's figures.</summary>
/// <param name="Tasks">At least one.</param>
public sealed record AuxiliarySet(IReadOnlyList<AuxiliaryTask> Tasks)
{
    /// <summary>All four tasks.</summary>
    public static AuxiliarySet All { get; } = new(FaceTasks.AllAuxiliary);

    /// <summary>The paper's five: pose, gender, glasses, smile, and all of them.</summary>
    public static IReadOnlyList<AuxiliarySet> Each { get; } =
        [.. FaceTasks.AllAuxiliary.Select(task => new AuxiliarySet([task])), All];

    /// <summary>"all", or the tasks' names joined by "+".</summary>
    public string Name => Tasks.Count == FaceTasks.AllAuxiliary.Count ? "all" : string.Join('+', Tasks.Select(FaceTasks.Name));

    /// <summary>Reads sets as a user writes them: <c>all</c>, <c>each</c>, or tasks joined by commas or "+", such as <c>pose,smile</c>.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <exception cref="CrossStitchException">It names no known task.</exception>
    public static IReadOnlyList<AuxiliarySet> Parse(string text)
    {
        switch (text.Trim().ToLowerInvariant())
        {
            case "all":
                return [All];
            case "each":
                return Each;
        }

        var tasks = text.Split([',', '+'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseTask).Distinct().Order().ToList();
        return tasks.Count > 0 ? [new AuxiliarySet(tasks)] : throw Unknown(text);
    }

    private static AuxiliaryTask ParseTask(string name) => name.ToLowerInvariant() is "all" or "each"
        ? throw new CrossStitchException($"'{name}' stands for sets of auxiliary tasks and cannot be joined with others; write it alone, or names of tasks.")
        :
        FaceTasks.AllAuxiliary.Cast<AuxiliaryTask?>().FirstOrDefault(task => FaceTasks.Name(task!.Value).Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(name);

    private static CrossStitchException Unknown(string text) =>
        new($"'{text}' is not a set of auxiliary tasks; write all, each, or names of pose, gender, glasses, smile joined by commas.{NearestName.Question(text, ["all", "each", .. FaceTasks.AllAuxiliary.Select(FaceTasks.Name)])}");
}
