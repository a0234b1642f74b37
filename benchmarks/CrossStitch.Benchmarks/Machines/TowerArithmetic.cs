using CrossStitch.Benchmarks.Peers;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Towers;

namespace CrossStitch.Benchmarks.Machines;

/// <summary>
/// The useful arithmetic of a tower, counted from its shape: multiply-adds of direct convolutions and of dense layers, at
/// every position, whatever an engine skips. Heads, stitches, losses and optimisers are not counted.
/// </summary>
public static class TowerArithmetic
{
    /// <summary>How it is counted, for the reader of a result.</summary>
    public const string Convention =
        "Arithmetic is what direct convolutions and dense layers of the towers take, two floating-point operations a multiply-add: "
        + "forward once; training forward, gradient of the weights, and gradient of the input of every stage but the first. Heads, "
        + "stitches, losses and the optimiser are not counted, and what an algorithm skips is counted, so that effective shares "
        + "of the peak may pass 100 %.";

    /// <summary>Multiply-adds of one example in one tower.</summary>
    /// <param name="shape">The tower.</param>
    /// <param name="kind">Of a pass forward, or of a step of training.</param>
    public static long MultiplyAdds(TowerShape shape, JobKind kind)
    {
        var input = shape.Input;
        var (sum, first) = (0L, 0L);
        foreach (var stage in shape.Stages)
        {
            var forward = Forward(stage, input);
            first = sum == 0 ? forward : first;
            sum += forward;
            input = stage.OutputShape(input);
        }

        return kind == JobKind.Training ? (3 * sum) - first : sum;
    }

    /// <summary>Millions of multiply-adds of one face in the paper's tower.</summary>
    /// <param name="kind">Of a pass forward, or of a step of training.</param>
    public static double Millions(JobKind kind) => MultiplyAdds(FaceTower.Shape40, kind) / 1e6;

    private static long Forward(TowerStage stage, IReadOnlyList<int> input) => stage switch
    {
        ConvolutionStage c => (long)(input[1] - c.Kernel + 1) * (input[2] - c.Kernel + 1) * c.Channels * c.Kernel * c.Kernel * input[0],
        DenseStage d => input.Aggregate((long)d.Features, (product, side) => product * side),
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "not a stage whose arithmetic is known"),
    };
}
