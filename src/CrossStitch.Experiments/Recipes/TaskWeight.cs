namespace CrossStitch.Experiments.Recipes;

/// <summary>A task of a recipe.</summary>
/// <param name="Task">Its name, as the data source has it.</param>
/// <param name="Weight">λ in the joint loss (eq. 1).</param>
public sealed record TaskWeight(string Task, double Weight);
