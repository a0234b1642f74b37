using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Runs;
using static TorchSharp.torch;

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

        using var network = FinishedRun.LoadNetwork(folder, out _);
        return [.. network.Stitches.Select(unit => new StitchChannels(
            unit.GetName(), [Of(unit.Alpha, 0, 0), Of(unit.Alpha, 1, 1), Of(unit.Alpha, 0, 1), Of(unit.Alpha, 1, 0)]))];
    }

    private static float[] Of(Tensor alpha, int to, int from)
    {
        using var scope = NewDisposeScope();
        return [.. alpha[to, from].detach().contiguous().data<float>()];
    }
}
