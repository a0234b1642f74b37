using CrossStitch.Sharing;

namespace CrossStitch.Training;

/// <summary>What towers have learned to mix after a stage: the averages of α over channels.</summary>
/// <param name="Layer">The stage that it follows.</param>
/// <param name="Mean">α averaged over channels: <c>Mean[i][j]</c> is what tower i takes from tower j.</param>
/// <param name="Lowest">The lowest α.</param>
/// <param name="Highest">The highest α.</param>
public sealed record StitchSummary(string Layer, IReadOnlyList<IReadOnlyList<double>> Mean, double Lowest, double Highest)
{
    /// <summary>Summarises the mixing of a network, stage by stage; nothing if its towers do not mix.</summary>
    /// <param name="network">Whose.</param>
    public static IReadOnlyList<StitchSummary> Of(Network network) =>
        network.Description.Stitches is null ? [] : [.. Enumerable.Range(0, network.Description.Shape.Stages.Count).Select(stage => Of(network, stage))];

    private static StitchSummary Of(Network network, int stage)
    {
        var alpha = network.Alpha(stage);
        var towers = network.Description.Groups.Count;
        var channels = alpha.Length / (towers * towers);
        return new StitchSummary(
            network.Description.Shape.Stages[stage].Name,
            [.. Enumerable.Range(0, towers).Select(to => Enumerable.Range(0, towers)
                .Select(from => alpha.Skip(((to * towers) + from) * channels).Take(channels).Average(value => (double)value)).ToArray())],
            alpha.Min(),
            alpha.Max());
    }
}
