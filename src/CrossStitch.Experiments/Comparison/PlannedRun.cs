using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Comparison;

/// <summary>One run of a comparison.</summary>
/// <param name="Variant">The network and its auxiliary tasks, such as <c>split-all</c>: what the seeds are averaged over.</param>
/// <param name="Recipe">What to do.</param>
public sealed record PlannedRun(string Variant, Recipe Recipe)
{
    /// <summary>Its folder in the comparison's.</summary>
    public string FolderName => $"{Variant}-seed{Recipe.Seed}";
}
