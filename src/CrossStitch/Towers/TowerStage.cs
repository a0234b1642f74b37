using System.Text.Json.Serialization;
using CrossStitch.Kernels;
using CrossStitch.Parameters;

namespace CrossStitch.Towers;

/// <summary>
/// One stage of a tower: what the paper calls a layer, with its activation and pooling. The kernels compute
/// <see cref="ConvolutionStage"/> and <see cref="DenseStage"/>; CrossStitch.Torch computes any TorchSharp module as a stage.
/// </summary>
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

    /// <summary>
    /// The stage's parameters in one tower, in the order in which they lie; none if it has none. A weight relation ties the
    /// block <c>PREFIX.weight</c> of two towers.
    /// </summary>
    /// <param name="prefix">What their names begin with, before a dot; see <see cref="Sharing.ParameterNames.Stage"/>.</param>
    /// <param name="input">Shape of the input for one example.</param>
    /// <exception cref="CrossStitchException">The stage does not fit on that input.</exception>
    public abstract IReadOnlyList<ParameterBlock> Blocks(string prefix, IReadOnlyList<int> input);

    /// <summary>Fills the stage's parameters in one tower, which are zeros, with their first values.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="prefix">What the names of the stage's blocks begin with.</param>
    /// <param name="input">Shape of the input for one example.</param>
    /// <param name="random">Where the randomness comes from; the stage's own stream.</param>
    public abstract void Initialize(ParameterSet parameters, string prefix, IReadOnlyList<int> input, SeededRandom random);
}
