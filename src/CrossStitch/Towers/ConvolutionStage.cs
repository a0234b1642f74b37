using CrossStitch.Kernels;
using CrossStitch.Parameters;

namespace CrossStitch.Towers;

/// <summary>A valid (unpadded) convolution, ReLU, and 2×2 max pooling if asked for.</summary>
/// <param name="Name">Unique in its tower.</param>
/// <param name="Channels">Output channels.</param>
/// <param name="Kernel">Side of the square kernel.</param>
/// <param name="Pool">Whether 2×2 max pooling of stride 2 follows; an odd last row or column is dropped.</param>
public sealed record ConvolutionStage(string Name, int Channels, int Kernel, bool Pool) : TowerStage(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input)
    {
        if (input.Count != 3)
        {
            throw new CrossStitchException($"Stage '{Name}': a convolution needs [channels, height, width], not {input.Count} dimension(s); put it before the dense stages.");
        }

        int Side(int side) => (side - Kernel + 1) / (Pool ? 2 : 1);
        if (Channels < 1 || Kernel < 1 || Side(input[1]) < 1 || Side(input[2]) < 1)
        {
            throw new CrossStitchException($"Stage '{Name}': a {Kernel}×{Kernel} convolution to {Channels} channels{(Pool ? " with pooling" : "")} leaves nothing of a {input[1]}×{input[2]} input; use a smaller kernel or fewer stages.");
        }

        return [Channels, Side(input[1]), Side(input[2])];
    }

    /// <summary>Weights [out, in, kernel, kernel] and biases.</summary>
    /// <inheritdoc/>
    public override IReadOnlyList<ParameterBlock> Blocks(string prefix, IReadOnlyList<int> input) => ParameterBlock.WithBias(prefix, [Channels, input[0], Kernel, Kernel]);

    /// <summary>Weights by <see cref="HeUniform"/>; biases stay zeros.</summary>
    /// <inheritdoc/>
    public override void Initialize(ParameterSet parameters, string prefix, IReadOnlyList<int> input, SeededRandom random) => HeUniform.Fill(parameters, $"{prefix}.weight", random);
}
