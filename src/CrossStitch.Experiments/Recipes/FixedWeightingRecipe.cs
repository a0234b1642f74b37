using CrossStitch.Training;

namespace CrossStitch.Experiments.Recipes;

/// <summary>The weights λ of the recipe's tasks at every step (eq. 1).</summary>
public sealed record FixedWeightingRecipe : WeightingRecipe
{
    /// <inheritdoc/>
    public override LossWeighting Create() => new FixedWeights();
}
