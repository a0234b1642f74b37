using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Reports;

/// <summary>What each channel mixes after a stage.</summary>
/// <param name="Layer">The stage.</param>
/// <param name="Rows">α of every pair of towers, in the order of <see cref="TowerPair.All"/>, each a number a channel.</param>
internal sealed record StitchChannels(string Layer, IReadOnlyList<IReadOnlyList<float>> Rows)
{
    /// <summary>Reads the units out of the weights that a run ended with.</summary>
    /// <param name="study">The study.</param>
    /// <param name="run">Whose.</param>
    /// <returns>Null if the weights are not there, as in a study that was sent without them; empty if nothing is mixed.</returns>
    public static IReadOnlyList<StitchChannels>? Load(Study study, StudyRun run)
    {
        var folder = new RunFolder(Path.Combine(study.Folder, run.Folder), study.Catalog);
        if (!folder.IsFinished || !File.Exists(folder.FinalCheckpointPath))
        {
            return null;
        }

        var network = FinishedRun.LoadNetwork(folder, out _);
        var (description, towers) = (network.Description, network.Description.Groups.Count);
        return description.Stitches is null ? [] : [.. description.Shape.StageOutputs().Select((output, stage) =>
        {
            var alpha = network.Alpha(stage);
            return new StitchChannels(
                description.Shape.Stages[stage].Name,
                [.. TowerPair.All(towers).Select(pair => alpha.AsSpan(((pair.To * towers) + pair.From) * output[0], output[0]).ToArray())]);
        })];
    }
}
