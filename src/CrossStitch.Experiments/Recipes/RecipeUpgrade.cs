using System.Text.Json.Nodes;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Brings the JSON of a recipe of version 1 to version 2.</summary>
/// <param name="recipe">The recipe; it may be changed.</param>
/// <exception cref="CrossStitchException">It says what cannot be; <see cref="CrossStitchException.Setting"/> is the place in version 1.</exception>
public delegate JsonObject RecipeUpgrade(JsonObject recipe);
