using System.Text.Json.Serialization;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Where a run's faces come from.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "source")]
[JsonDerivedType(typeof(DrawnData), "drawn")]
[JsonDerivedType(typeof(MtflData), "mtfl")]
public abstract record DataRecipe;
