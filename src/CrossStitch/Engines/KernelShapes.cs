using CrossStitch.Kernels;
using CrossStitch.Sharing;
using CrossStitch.Towers;

namespace CrossStitch.Engines;

/// <summary>The kernels' view of networks.</summary>
internal static class KernelShapes
{
    /// <summary>The shape of a network's towers.</summary>
    /// <param name="network">Which.</param>
    /// <exception cref="CrossStitchException">A stage has no kernel.</exception>
    public static KernelShape Of(NetworkDescription network)
    {
        var shape = network.Shape;
        if (shape.Input.Count != 3)
        {
            throw new CrossStitchException($"The kernels read examples of [channels, height, width], not of {shape.Input.Count} dimension(s); give a tower of dense stages the input [{string.Join(" × ", shape.Input)}, 1, 1].");
        }

        var stages = shape.Stages.Zip(shape.StageInputs(), (stage, input) => stage switch
        {
            ConvolutionStage c => new KernelStage(c.Channels, c.Kernel, c.Kernel, c.Pool),

            // A dense stage is the convolution that sees its whole input at once.
            DenseStage d => new KernelStage(d.Features, input.Count == 3 ? input[1] : 1, input.Count == 3 ? input[2] : 1, Pool: false),
            _ => throw new CrossStitchException($"Stage '{stage.Name}': the kernels know nothing of a {stage.GetType().Name}; use an engine that does, such as CrossStitch.Torch."),
        });
        return new KernelShape(shape.Input[0], shape.Input[1], shape.Input[2], [.. stages], network.Groups.Count, network.Stitches is not null);
    }
}
