using System.Text.Json.Serialization;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Where a run's faces come from.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "source")]
[JsonDerivedType(typeof(DrawnData), "drawn")]
[JsonDerivedType(typeof(MtflData), "mtfl")]
public abstract record DataRecipe
{
    /// <summary>A short name for folders: <c>drawn</c>, or an archive's name without its folder and ending.</summary>
    [JsonIgnore]
    public abstract string ShortName { get; }

    /// <summary>The same without what depends on the machine: where an archive lies does not make it another one.</summary>
    internal abstract DataRecipe Portable();

    /// <summary>Checks every amount.</summary>
    /// <exception cref="CrossStitchException">One is out of its range; the message names it.</exception>
    internal abstract void Validate();
}
