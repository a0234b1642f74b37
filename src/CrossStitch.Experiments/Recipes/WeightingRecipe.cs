using CrossStitch.Training;

namespace CrossStitch.Experiments.Recipes;

/// <summary>How a recipe weighs the losses of its tasks.</summary>
public abstract record WeightingRecipe
{
    /// <summary>Makes the weighting, in its state before the first step.</summary>
    public abstract LossWeighting Create();
}
