using System.Text.Json.Serialization;

namespace CrossStitch.Towers;

/// <summary>One stage of a tower: what the paper calls a layer, with its activation and pooling.</summary>
/// <param name="Name">Unique in its tower; names the stage's parameters and its cross-stitch unit.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConvolutionStage), "convolution")]
[JsonDerivedType(typeof(DenseStage), "dense")]
public abstract record TowerStage(string Name)
{
    /// <summary>Shape of the stage's output for one example, given its input's: [channels, height, width] or [features].</summary>
    /// <param name="input">Shape of the input for one example.</param>
    /// <exception cref="CrossStitchException">The stage does not fit on that input.</exception>
    public abstract IReadOnlyList<int> OutputShape(IReadOnlyList<int> input);

    /// <summary>Shape of the stage's weights, given its input's: [out, in, kernel, kernel] of a convolution, [out, in] of a dense stage.</summary>
    /// <param name="input">Shape of the input for one example.</param>
    public abstract IReadOnlyList<int> WeightShape(IReadOnlyList<int> input);
}
