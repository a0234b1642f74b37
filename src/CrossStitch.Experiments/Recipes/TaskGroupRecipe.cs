namespace CrossStitch.Experiments.Recipes;

/// <summary>Tasks that share a tower, as a recipe says it.</summary>
/// <param name="Name">Unique among the groups.</param>
/// <param name="Tasks">λ of each task, by its name, in the order of the heads.</param>
public sealed record TaskGroupRecipe(string Name, IReadOnlyDictionary<string, double> Tasks)
{
    /// <summary>A group of tasks.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tasks">The tasks.</param>
    public static TaskGroupRecipe Of(string name, IEnumerable<TaskWeight> tasks) => new(name, new OrderedDictionary<string, double>(
        tasks.Select(task => KeyValuePair.Create(task.Task, task.Weight))));
}
