using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Studies;

/// <summary>One run of a study.</summary>
/// <param name="Variant">What it is a run of.</param>
/// <param name="Recipe">What to do.</param>
/// <param name="Cost">About how long it takes, as a multiple of a network of one tower.</param>
public sealed record PlannedRun(Variant Variant, Recipe Recipe, double Cost = 1)
{
    /// <summary>Its folder in the study's.</summary>
    public string FolderName => $"{Variant.Name}-seed{Recipe.Seed}";
}
