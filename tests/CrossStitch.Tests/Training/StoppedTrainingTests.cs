using System.Text.Json;
using CrossStitch.Engines;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Training;
using CsCheck;

namespace CrossStitch.Tests.Training;

/// <summary>Training that is stopped between two steps, or while it is measured, and goes on from what was captured there.</summary>
public sealed class StoppedTrainingTests
{
    private const string Section = "epoch under way 1";

    /// <summary>Of three steps each.</summary>
    private const int Epochs = 4;

    private static readonly TrainingOptions Short = new() { Epochs = Epochs, BatchSize = 8, LearningRate = 0.01 };

    [Theory]
    [InlineData(OptimizerKind.Adam, 0, 0)]
    [InlineData(OptimizerKind.Sgd, 0.9, 0)]
    [InlineData(OptimizerKind.Adam, 0.9, 2)]
    [InlineData(OptimizerKind.Adam, 0, 1)]
    public void Stopped_at_any_steps_it_ends_with_the_same_weights_and_reports(OptimizerKind optimizer, double average, int patience)
    {
        var options = Short with { Optimizer = optimizer, LearningRate = optimizer == OptimizerKind.Sgd ? 0.1 : 0.03, AverageDecay = average, Patience = patience, StitchRate = 10 };
        var whole = Train(options, []);
        Gen.Int[1, 3 * Epochs].Array[1, 6].Sample(stops => Assert.Equal(whole, Train(options, stops)), iter: 10, threads: 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Stopped_while_it_is_measured_it_ends_with_the_same_weights_and_reports(double average)
    {
        var options = Short with { AverageDecay = average, Patience = 3 };
        var whole = Train(options, []);
        for (var fill = 1; fill < 2 * Epochs; fill++)
        {
            Assert.Equal(whole, Train(options, [], measureStop: fill));
        }
    }

    [Fact]
    public void The_same_trainer_goes_on_by_another_call()
    {
        using var engine = Engine(seed: 1);
        var trainer = new Trainer(engine, Short, seed: 1, new Balanced());
        var reports = new List<EpochReport>();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => trainer.Run(new RandomData(20), Validation, reports.Add, new Listener(step => Cancel(stop, step.Step == 5)), stop.Token));
        var outcome = trainer.Run(new RandomData(20), Validation, reports.Add);
        Assert.Equal(Train(Short, []), Text(reports, outcome, engine));
    }

    [Fact]
    public void Captured_after_any_step_it_goes_on_from_there()
    {
        var captured = new List<Checkpoint>();
        using (var engine = Engine(seed: 1))
        {
            var trainer = new Trainer(engine, Short, seed: 1, new Balanced());
            trainer.Run(new RandomData(20), Validation, progress: new Listener(_ => captured.Add(trainer.Capture())));
        }

        var whole = Train(Short, []);
        Assert.Equal(3 * Epochs, captured.Count);
        foreach (var checkpoint in captured)
        {
            using var engine = Engine(seed: 9);
            var trainer = new Trainer(engine, Short, seed: 1, new Balanced());
            var reports = new List<EpochReport>();
            trainer.Restore(checkpoint);
            var outcome = trainer.Run(new RandomData(20), Validation, reports.Add);
            Assert.EndsWith(Text(reports, outcome, engine), whole, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Only_a_checkpoint_of_an_epoch_under_way_has_a_section_for_it()
    {
        using var engine = Engine(seed: 1);
        var trainer = new Trainer(engine, Short, seed: 1);
        Assert.False(trainer.Capture().Sections.ContainsKey(Section));
        var checkpoints = new List<Checkpoint>();
        trainer.Run(new RandomData(20), onEpoch: _ => checkpoints.Add(trainer.Capture()), progress: new Listener(_ => Assert.True(trainer.Capture().Sections.ContainsKey(Section))));
        Assert.All([.. checkpoints, trainer.Capture()], checkpoint => Assert.Equal(["fixed weights"], checkpoint.Sections.Keys));

        using var stop = new CancellationTokenSource();
        var stopped = new Trainer(engine, Short, seed: 1);
        Assert.Throws<OperationCanceledException>(() => stopped.Run(new RandomData(20), onEpoch: _ => stop.Cancel(), cancellation: stop.Token));
        Assert.False(stopped.Capture().Sections.ContainsKey(Section));
    }

    [Fact]
    public void The_seconds_before_a_stop_count()
    {
        using var engine = Engine(seed: 1);
        var trainer = new Trainer(engine, Short, seed: 1);
        var between = Stopped(trainer, step: 2);
        trainer = new Trainer(engine, Short, seed: 1);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => trainer.Run(new RandomData(20), new Stopping(Validation, 1, stop), cancellation: stop.Token));
        var measured = trainer.Capture();

        // Where the seconds of the whole epoch stand, behind the steps and the seconds of training.
        EpochReport First(Checkpoint checkpoint)
        {
            var section = (byte[])checkpoint.Sections[Section].Clone();
            BitConverter.TryWriteBytes(section.AsSpan(12), 1000.0);
            trainer.Restore(checkpoint with { Sections = new Dictionary<string, byte[]>(checkpoint.Sections) { [Section] = section } });
            EpochReport? first = null;
            trainer.Run(new RandomData(20), Validation, epoch => first ??= epoch);
            return first!;
        }

        var (early, late) = (First(between), First(measured));
        Assert.All([early.Seconds, late.Seconds], seconds => Assert.InRange(seconds, 1000, 2000));
        Assert.True(early.ExamplesPerSecond < 20.0 / 1000 && late.ExamplesPerSecond > 20.0 / 1000, "the speed is of the steps alone");
    }

    [Fact]
    public void A_damaged_section_or_other_examples_are_refused()
    {
        using var engine = Engine(seed: 1);
        var trainer = new Trainer(engine, Short, seed: 1);
        var good = Stopped(trainer, step: 2);
        var section = good.Sections[Section];
        byte[] With(int place, byte[] bytes) => [.. section[..place], .. bytes, .. section[(place + bytes.Length)..]];
        byte[][] bad = [[], section[..^1], [.. section, 0], With(0, BitConverter.GetBytes(0)), With(0, BitConverter.GetBytes(-1)), With(4, BitConverter.GetBytes(-1.0)), With(12, BitConverter.GetBytes(double.NaN)), With(28, BitConverter.GetBytes(double.PositiveInfinity))];
        Assert.All(bad, bytes =>
        {
            var error = Assert.Throws<CrossStitchException>(() => trainer.Restore(good with { Sections = new Dictionary<string, byte[]>(good.Sections) { [Section] = bytes } }));
            Assert.Contains($"nothing that '{Section}' can go on with", error.Message, StringComparison.Ordinal);
        });

        trainer.Restore(good);
        Assert.Contains("is to go on after step 2, and these 7 examples are 1 steps", Assert.Throws<CrossStitchException>(() => trainer.Run(new RandomData(7))).Message, StringComparison.Ordinal);
        trainer.Restore(good);
        trainer.Run(new RandomData(20), Validation);
        Assert.Throws<CrossStitchException>(() => new Trainer(engine, Short, seed: 1, extensions: [new Named(Section)]));
    }

    [Fact]
    public void A_stop_behind_a_step_that_left_the_finite_numbers_says_so_instead_of_leaving_them_to_be_saved()
    {
        using var engine = Engine(seed: 1);
        using var stop = new CancellationTokenSource();
        var spoil = new Listener(_ =>
        {
            engine.Network.Parameters.Numbers(0)[0] = float.NaN;
            stop.Cancel();
        });
        var error = Assert.Throws<CrossStitchException>(() => new Trainer(engine, Short, seed: 1).Run(new RandomData(20), progress: spoil, cancellation: stop.Token));
        Assert.StartsWith("Epoch 1: after step 1, ", error.Message, StringComparison.Ordinal);
    }

    private static RandomData Validation => new(16, seed: 2);

    private static KernelEngine Engine(long seed) => new(TestNetworks.Build("cross-stitch", seed: seed));

    private static void Cancel(CancellationTokenSource stop, bool now)
    {
        if (now)
        {
            stop.Cancel();
        }
    }

    private static Checkpoint Stopped(Trainer trainer, int step)
    {
        Checkpoint? captured = null;
        trainer.Run(new RandomData(20), Validation, progress: new Listener(report => captured = report.Step == step ? trainer.Capture() : captured));
        trainer.Restore(captured!);
        return captured!;
    }

    /// <summary>Trains in as many sittings as it takes; each has a network of its own, and goes on from a file.</summary>
    /// <param name="options">How.</param>
    /// <param name="stops">After how many steps the first sittings are stopped.</param>
    /// <param name="measureStop">Before which part of the validation examples the first sitting is stopped; 0 for none.</param>
    /// <returns>The reports without their seconds, the outcome, and the weights.</returns>
    private static string Train(TrainingOptions options, int[] stops, int measureStop = 0)
    {
        var path = Path.GetTempFileName();
        try
        {
            var reports = new List<EpochReport>();
            for (var sitting = 0; ; sitting++)
            {
                using var engine = Engine(seed: 1 + sitting);
                using var stop = new CancellationTokenSource();
                var trainer = new Trainer(engine, options, seed: 1, new Balanced());
                if (sitting > 0)
                {
                    trainer.Restore(Checkpoint.Load(path));
                }

                var steps = 0;
                var progress = new Listener(_ => Cancel(stop, sitting < stops.Length && ++steps == stops[sitting]));
                try
                {
                    var outcome = trainer.Run(new RandomData(20), new Stopping(Validation, sitting == 0 ? measureStop : 0, stop), reports.Add, progress, stop.Token);
                    return Text(reports, outcome, engine);
                }
                catch (OperationCanceledException)
                {
                    trainer.Capture().Save(path);
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Text(IEnumerable<EpochReport> reports, TrainingOutcome outcome, NetworkEngine engine) =>
        string.Concat(reports.Select(report => JsonSerializer.Serialize(report with { Seconds = 0, ExamplesPerSecond = 0 }) + "\n"))
        + outcome + Convert.ToHexString(NetworkWeights.Save(engine.Network.Parameters));

    private sealed class Listener(Action<StepReport> listen) : IProgress<StepReport>
    {
        public void Report(StepReport value) => listen(value);
    }

    /// <summary>Data that is asked for the last time before a stop.</summary>
    private sealed class Stopping(RandomData data, int last, CancellationTokenSource stop) : ILabelledData
    {
        private int _fills;

        public int Count => data.Count;

        public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
        {
            data.Fill(batch, indices, augmentationSeed);
            Cancel(stop, ++_fills == last);
        }
    }

    private sealed class Named(string name) : TrainingExtension(name);

    /// <summary>Weighs each task by how its loss stands to its first one: a weighting with a state.</summary>
    private sealed class Balanced() : LossWeighting("balanced 1")
    {
        private double[] _first = [];
        private double[] _last = [];

        public override void Begin(Network network) => (_first, _last) = (new double[network.Description.Tasks.Count], new double[network.Description.Tasks.Count]);

        public override void Weigh(IReadOnlyList<LearningTask> tasks, Span<double> weights)
        {
            for (var task = 0; task < weights.Length; task++)
            {
                weights[task] = tasks[task].Weight * (_first[task] > 0 ? _last[task] / _first[task] : 1);
            }
        }

        public override void Observe(ReadOnlySpan<double> losses)
        {
            losses.CopyTo(_last);
            if (_first[0] == 0)
            {
                losses.CopyTo(_first);
            }
        }

        public override void Save(BinaryWriter writer) => Array.ForEach([.. _first, .. _last], writer.Write);

        public override void Load(BinaryReader reader)
        {
            foreach (var losses in new[] { _first, _last })
            {
                for (var task = 0; task < losses.Length; task++)
                {
                    losses[task] = reader.ReadDouble();
                }
            }
        }
    }
}
