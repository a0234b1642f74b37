using System.Text;
using CrossStitch.Experiments.Runs;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Runs;

/// <summary>Metrics that a power cut, a full disk or a hand has damaged, and what a run that goes on makes of them.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly SmallRuns _small = new();
    private readonly RunFolder _stopped;
    private readonly byte[] _whole;
    private readonly byte[] _unbroken;
    private int _copies;

    public MetricsTests()
    {
        var unbroken = _small.Run("unbroken");
        Run(unbroken);
        _unbroken = File.ReadAllBytes(unbroken.FinalCheckpointPath);

        // After two of three epochs, of three steps each.
        _stopped = _small.Run("stopped");
        Assert.Throws<OperationCanceledException>(() => Run(_stopped, stopAfter: 7));
        _whole = File.ReadAllBytes(_stopped.MetricsPath);
    }

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Cut_at_any_byte_they_are_read_up_to_the_last_whole_line()
    {
        var first = Array.IndexOf(_whole, (byte)'\n');
        for (var length = 0; length < _whole.Length; length++)
        {
            var epochs = length >= _whole.Length - 1 ? 2 : length >= first ? 1 : 0;
            File.WriteAllBytes(_stopped.MetricsPath, _whole[..length]);
            Assert.Equal(Enumerable.Range(1, epochs), _stopped.LoadMetrics().Select(epoch => epoch.Epoch));

            if (length % 10 == 0 || Math.Abs(length - first) < 3)
            {
                // What a file system may leave of a block that was never written.
                File.WriteAllBytes(_stopped.MetricsPath, [.. _whole[..length], .. new byte[_whole.Length - length]]);
                Assert.Equal(Enumerable.Range(1, epochs), _stopped.LoadMetrics().Select(epoch => epoch.Epoch));
            }
        }
    }

    [Fact]
    public void Cut_anywhere_the_run_goes_on_to_the_same_bits_and_says_which_epochs_are_missing()
    {
        var first = Array.IndexOf(_whole, (byte)'\n');
        var slow = Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1";
        IEnumerable<int> lengths = slow ? Enumerable.Range(0, _whole.Length + 1) : [0, 1, first - 1, first, first + 1, (first + _whole.Length) / 2, _whole.Length - 2, _whole.Length - 1, _whole.Length];
        foreach (var length in lengths)
        {
            var folder = Copy();
            File.WriteAllBytes(folder.MetricsPath, _whole[..length]);
            var known = length >= _whole.Length - 1 ? 2 : length >= first ? 1 : 0;
            Assert.Equal(known < 2, folder.MissingEpochs() is { } before && before.Contains($"of the 2 epochs that were trained, {known} are there whole", StringComparison.Ordinal));

            var result = Run(folder);

            Assert.Equal(_unbroken, File.ReadAllBytes(folder.FinalCheckpointPath));
            Assert.Equal(3, result.Epochs);
            Assert.Equal([.. Enumerable.Range(1, known), 3], folder.LoadMetrics().Select(epoch => epoch.Epoch));
            Assert.Equal(known < 2, folder.MissingEpochs() is not null);
        }
    }

    [Theory]
    [InlineData("\n", 2)]
    [InlineData("{\"epoch\": 3, \"lear", 2)]
    [InlineData("null\n", 2)]
    [InlineData("\0\0\0\0\0\0", 2)]
    public void What_stands_behind_the_last_whole_line_is_dropped(string tail, int epochs)
    {
        File.AppendAllText(_stopped.MetricsPath, tail);
        Assert.Equal(epochs, _stopped.LoadMetrics().Count);
        Assert.Null(_stopped.MissingEpochs());
        Run(_stopped);
        Assert.Equal([1, 2, 3], _stopped.LoadMetrics().Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void Epochs_beyond_the_checkpoint_twice_or_out_of_order_do_not_count()
    {
        var lines = Encoding.UTF8.GetString(_whole).TrimEnd('\n').Split('\n');
        string Numbered(string line, int number) => line.Replace("{\"epoch\":2,", $"{{\"epoch\":{number},", StringComparison.Ordinal);
        File.WriteAllLines(_stopped.MetricsPath, [lines[0], lines[0], lines[1], lines[0], Numbered(lines[1], 3), Numbered(lines[1], 9)]);
        Assert.Equal([1, 2, 3, 9], _stopped.LoadMetrics().Select(epoch => epoch.Epoch));
        Assert.Null(_stopped.MissingEpochs());
        Run(_stopped);
        Assert.Equal([1, 2, 3], _stopped.LoadMetrics().Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void A_run_whose_metrics_are_gone_says_so_and_ends_with_the_same_bits()
    {
        File.Delete(_stopped.MetricsPath);
        Assert.Contains("of the 2 epochs that were trained, 0 are there whole", _stopped.MissingEpochs(), StringComparison.Ordinal);
        Run(_stopped);
        Assert.Equal(_unbroken, File.ReadAllBytes(_stopped.FinalCheckpointPath));
        Assert.Equal([3], _stopped.LoadMetrics().Select(epoch => epoch.Epoch));
        Assert.Contains("of the 3 epochs that were trained, 1 are there whole", _stopped.MissingEpochs(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_run_whose_recipe_was_edited_is_refused_and_stays_as_it_is()
    {
        var recipe = File.ReadAllText(_stopped.RecipePath);
        Edited("\"features\": 8", "\"features\": 9");
        Edited("\"epochs\": 3", "\"epochs\": 4");
        File.WriteAllText(_stopped.RecipePath, recipe);
        Run(_stopped);
        Assert.Equal(_unbroken, File.ReadAllBytes(_stopped.FinalCheckpointPath));

        void Edited(string written, string instead)
        {
            File.WriteAllText(_stopped.RecipePath, recipe.Replace(written, instead, StringComparison.Ordinal));
            var checkpoint = File.ReadAllBytes(_stopped.LastCheckpointPath);
            var error = Assert.Throws<CrossStitchException>(() => new TrainingRun(_stopped.LoadRecipe(), _small.Data, _stopped).Execute());
            Assert.Contains($"{written} there, {instead} here", error.Message, StringComparison.Ordinal);
            Assert.Equal(checkpoint, File.ReadAllBytes(_stopped.LastCheckpointPath));
        }
    }

    [Fact]
    public void Weights_of_a_run_that_had_ended_are_not_trained_over_with_another_recipe()
    {
        Run(_stopped);
        File.Delete(_stopped.ResultPath);
        Assert.True(_stopped.HasEpochs);
        var recipe = File.ReadAllText(_stopped.RecipePath);
        File.WriteAllText(_stopped.RecipePath, recipe.Replace("\"features\": 8", "\"features\": 9", StringComparison.Ordinal));
        var error = Assert.Throws<CrossStitchException>(() => new TrainingRun(_stopped.LoadRecipe(), _small.Data, _stopped).Execute());
        Assert.Contains("final.ckpt: its weights are not of the recipe", error.Message, StringComparison.Ordinal);
        Assert.Equal(_unbroken, File.ReadAllBytes(_stopped.FinalCheckpointPath));

        // With its own recipe it only comes to the same weights again.
        File.WriteAllText(_stopped.RecipePath, recipe);
        Run(_stopped);
        Assert.Equal(_unbroken, File.ReadAllBytes(_stopped.FinalCheckpointPath));

        // An earlier version's does not say of which recipe it is.
        var final = Checkpoint.Load(_stopped.FinalCheckpointPath);
        (final with { Sections = new Dictionary<string, byte[]>() }).Save(_stopped.FinalCheckpointPath);
        File.Delete(_stopped.ResultPath);
        Assert.Contains("it does not say of which", Assert.Throws<CrossStitchException>(() => Run(_stopped)).Message, StringComparison.Ordinal);
    }

    private RunFolder Copy()
    {
        var copy = _small.Run($"copy{_copies++}");
        foreach (var file in Directory.GetFiles(_stopped.FullPath, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.FullPath, Path.GetRelativePath(_stopped.FullPath, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    private RunResult Run(RunFolder folder, int? stopAfter = null)
    {
        using var cancellation = new CancellationTokenSource();
        return new TrainingRun(SmallRuns.Recipe(), _small.Data, folder).Execute(progress: new Stopper(stopAfter, cancellation), cancellation: cancellation.Token);
    }

    private sealed class Stopper(int? after, CancellationTokenSource cancellation) : IProgress<StepReport>
    {
        private int _steps;

        public void Report(StepReport value)
        {
            if (++_steps == after)
            {
                cancellation.Cancel();
            }
        }
    }
}
