using CrossStitch.Sharing;

namespace CrossStitch.Training;

/// <summary>What a cross-stitch unit has learned: the averages of its α over channels.</summary>
/// <param name="Layer">The stage that it follows.</param>
/// <param name="Mean">α averaged over channels: <c>Mean[i][j]</c> is what tower i takes from tower j.</param>
/// <param name="Lowest">The lowest α.</param>
/// <param name="Highest">The highest α.</param>
public sealed record StitchSummary(string Layer, IReadOnlyList<IReadOnlyList<double>> Mean, double Lowest, double Highest)
{
    /// <summary>Summarises the units of a network, one a stage; nothing if it has none.</summary>
    /// <param name="network">Whose.</param>
    public static IReadOnlyList<StitchSummary> Of(Network network) =>
        network.Description.Stitches is null ? [] : [.. network.Description.Shape.Stages.Select(stage => Of(network, stage.Name))];

    private static StitchSummary Of(Network network, string stage)
    {
        var alpha = network.Parameters[ParameterNames.Alpha(stage)].ToArray();
        var towers = network.Description.Groups.Count;
        var channels = alpha.Length / (towers * towers);
        return new StitchSummary(
            stage,
            [.. Enumerable.Range(0, towers).Select(to => Enumerable.Range(0, towers)
                .Select(from => alpha.Skip(((to * towers) + from) * channels).Take(channels).Average(value => (double)value)).ToArray())],
            alpha.Min(),
            alpha.Max());
    }
}
