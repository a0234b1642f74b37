using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Runs;
using CrossStitch.Sharing;

namespace CrossStitch.Experiments.Reports;

/// <summary>What each channel of a cross-stitch unit of two towers mixes.</summary>
/// <param name="Layer">The stage that the unit follows.</param>
/// <param name="Rows">α_AA, α_BB, α_AB, α_BA, each a number a channel.</param>
internal sealed record StitchChannels(string Layer, IReadOnlyList<IReadOnlyList<float>> Rows)
{
    /// <summary>Reads the units out of the weights that a run ended with.</summary>
    /// <param name="study">The study's folder.</param>
    /// <param name="run">Whose.</param>
    /// <returns>Null if the weights are not there, as in a study that was sent without them.</returns>
    public static IReadOnlyList<StitchChannels>? Load(string study, StudyRun run)
    {
        var folder = new RunFolder(Path.Combine(study, $"{run.Variant}-seed{run.Result.Seed}"));
        if (!folder.IsFinished || !File.Exists(folder.FinalCheckpointPath))
        {
            return null;
        }

        var network = FinishedRun.LoadNetwork(folder, out _);
        return network.Description.Stitches is null ? [] : [.. network.Description.Shape.Stages.Select(stage =>
        {
            var alpha = network.Parameters[ParameterNames.Alpha(stage.Name)].ToArray();
            float[] Of(int to, int from) => [.. alpha.Chunk(alpha.Length / 4).ElementAt((2 * to) + from)];
            return new StitchChannels(stage.Name, [Of(0, 0), Of(1, 1), Of(0, 1), Of(1, 0)]);
        })];
    }
}
