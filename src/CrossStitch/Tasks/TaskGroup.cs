namespace CrossStitch.Tasks;

/// <summary>Tasks that share a tower: in the paper the landmarks, and all the auxiliary tasks together.</summary>
/// <param name="Name">Unique among the groups of a network.</param>
/// <param name="Tasks">At least one.</param>
public sealed record TaskGroup(string Name, IReadOnlyList<LearningTask> Tasks);
