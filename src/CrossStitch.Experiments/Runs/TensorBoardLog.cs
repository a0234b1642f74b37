using CrossStitch.Training;

namespace CrossStitch.Experiments.Runs;

/// <summary>The epochs of a run as TensorBoard events.</summary>
/// <param name="folder">Where its event files go; one a start of the run.</param>
/// <param name="clock">Gives the events their time; the system's if null.</param>
internal sealed class TensorBoardLog(string folder, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private TensorBoardFile? _file;

    /// <summary>Writes an epoch; a kill does not take it away any more, but a power cut may.</summary>
    public void Append(EpochReport epoch)
    {
        _file ??= TensorBoardFile.Create(folder, _clock);
        _file.Append(epoch.Epoch, Scalars(epoch), _clock);
    }

    private static IEnumerable<(string Tag, double Value)> Scalars(EpochReport epoch)
    {
        yield return ("loss/joint", epoch.Loss);
        if (epoch.Penalty != 0)
        {
            yield return ("loss/penalty", epoch.Penalty);
        }

        yield return ("learning-rate", epoch.LearningRate);
        foreach (var (task, loss) in epoch.TaskLosses)
        {
            yield return ($"training/{task}", loss);
        }

        foreach (var (task, loss) in epoch.ValidationLosses ?? new Dictionary<string, double>())
        {
            yield return ($"validation/{task}", loss);
        }

        foreach (var (name, score) in epoch.Scores ?? new Dictionary<string, double>())
        {
            yield return ($"score/{name}-percent", 100 * score);
        }

        foreach (var unit in epoch.Stitches)
        {
            for (var i = 0; i < unit.Mean.Count; i++)
            {
                for (var j = 0; j < unit.Mean.Count; j++)
                {
                    yield return ($"alpha/{unit.Layer}/{i}{j}", unit.Mean[i][j]);
                }
            }
        }

        foreach (var layer in epoch.Relation)
        {
            yield return ($"relation/{layer.Layer}/a{layer.Pair}", layer.Scale);
            yield return ($"relation/{layer.Layer}/b{layer.Pair}", layer.Shift);
        }
    }
}
