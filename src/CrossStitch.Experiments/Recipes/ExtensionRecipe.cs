using CrossStitch.Training;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Something that accompanies a recipe's training.</summary>
public abstract record ExtensionRecipe
{
    /// <summary>Makes the extension, in its state before the first step.</summary>
    public abstract TrainingExtension Create();
}
