namespace CrossStitch.Kernels.Models;

/// <summary>
/// A trained network as data: what <see cref="ModelFile"/> saves and loads and <see cref="NetworkRunner"/> runs. All
/// weights are finite; layouts are TorchSharp's.
/// </summary>
/// <param name="Shape">Input, stages, towers, and whether they are stitched.</param>
/// <param name="Towers">By tower, then by stage.</param>
/// <param name="Alphas">By stage [towers, towers, channels]: what a tower takes of another. Empty where towers are not stitched.</param>
/// <param name="Heads">The heads, in the order of the outputs; at least one.</param>
public sealed record NetworkModel(
    KernelShape Shape,
    IReadOnlyList<IReadOnlyList<StageWeights>> Towers,
    IReadOnlyList<ReadOnlyMemory<float>> Alphas,
    IReadOnlyList<NetworkHead> Heads)
{
    /// <summary>What the network wants to be fed.</summary>
    public InputFormat Input { get; init; } = new();

    /// <summary>Anything else worth knowing, such as who made the model from what.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Numbers of one example: channels × rows × columns.</summary>
    public int InputLength => Shape.InputChannels * Shape.InputHeight * Shape.InputWidth;

    /// <summary>How many numbers the network learned, with a stitch matrix a channel.</summary>
    public long Parameters =>
        Towers.Sum(tower => tower.Sum(stage => (long)stage.Weights.Length + stage.Biases.Length))
        + Alphas.Sum(alpha => (long)alpha.Length)
        + Heads.Sum(head => (long)head.Weights.Length + head.Biases.Length);
}
