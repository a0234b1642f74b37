namespace CrossStitch.Experiments.Data;

/// <summary>Examples by something that is known of them.</summary>
/// <param name="Name">What, such as a task whose true classes they are.</param>
/// <param name="Groups">What the groups are called.</param>
/// <param name="GroupOf">The group of each example, as a place in <paramref name="Groups"/>; −1 for none.</param>
public sealed record Grouping(string Name, IReadOnlyList<string> Groups, IReadOnlyList<int> GroupOf)
{
    /// <summary>The examples of a group.</summary>
    /// <param name="group">Its place in <see cref="Groups"/>.</param>
    public int[] Members(int group) => [.. Enumerable.Range(0, GroupOf.Count).Where(example => GroupOf[example] == group)];
}
