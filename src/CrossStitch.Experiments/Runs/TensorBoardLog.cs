using CrossStitch.Training;
using TorchSharp.Modules;
using static TorchSharp.torch.utils.tensorboard;

namespace CrossStitch.Experiments.Runs;

/// <summary>The epochs of a run as TensorBoard events.</summary>
/// <param name="folder">Where its event files go; one a start of the run.</param>
internal sealed class TensorBoardLog(string folder)
{
    private SummaryWriter? _writer;

    public void Append(EpochReport epoch)
    {
        _writer ??= SummaryWriter(folder);
        void Scalar(string tag, double value) => _writer.add_scalar(tag, (float)value, epoch.Epoch);
        Scalar("loss/joint", epoch.Loss);
        Scalar("loss/penalty", epoch.Penalty);
        Scalar("learning-rate", epoch.LearningRate);
        foreach (var (task, loss) in epoch.TaskLosses)
        {
            Scalar($"training/{task}", loss);
        }

        foreach (var (task, loss) in epoch.ValidationLosses ?? new Dictionary<string, double>())
        {
            Scalar($"validation/{task}", loss);
        }

        foreach (var unit in epoch.Stitches)
        {
            for (var i = 0; i < unit.Mean.Count; i++)
            {
                for (var j = 0; j < unit.Mean.Count; j++)
                {
                    Scalar($"alpha/{unit.Layer}/{i}{j}", unit.Mean[i][j]);
                }
            }
        }

        foreach (var layer in epoch.Relation)
        {
            Scalar($"relation/{layer.Layer}/a{layer.Pair}", layer.Scale);
            Scalar($"relation/{layer.Layer}/b{layer.Pair}", layer.Shift);
        }
    }
}
