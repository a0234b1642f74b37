using CrossStitch.Sharing;
using static TorchSharp.torch;

namespace CrossStitch.Training;

/// <summary>What a cross-stitch unit has learned: the averages of its α over channels.</summary>
/// <param name="Layer">The stage that it follows.</param>
/// <param name="Mean">α averaged over channels: <c>Mean[i][j]</c> is what tower i takes from tower j.</param>
/// <param name="Lowest">The lowest α.</param>
/// <param name="Highest">The highest α.</param>
public sealed record StitchSummary(string Layer, IReadOnlyList<IReadOnlyList<double>> Mean, double Lowest, double Highest)
{
    /// <summary>Summarises a unit.</summary>
    /// <param name="unit">Which.</param>
    public static StitchSummary Of(CrossStitchUnit unit)
    {
        using var scope = NewDisposeScope();
        var alpha = unit.Alpha.detach();
        var towers = (int)alpha.shape[0];
        var mean = alpha.mean([2]).data<float>().ToArray();
        return new StitchSummary(
            unit.GetName(),
            [.. Enumerable.Range(0, towers).Select(i => mean.Skip(i * towers).Take(towers).Select(value => (double)value).ToArray())],
            alpha.min().item<float>(),
            alpha.max().item<float>());
    }
}
