namespace CrossStitch.Experiments.Recipes;

/// <summary>Faces that the program draws itself.</summary>
/// <param name="TrainingFaces">How many to learn from.</param>
/// <param name="TestFaces">How many to be measured on.</param>
/// <param name="Seed">Which faces.</param>
public sealed record DrawnData(int TrainingFaces = 2000, int TestFaces = 1000, long Seed = 1) : DataRecipe;
