using CrossStitch.Engines;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Tests.Training;

/// <summary>What accompanies training: averages and weightings, with sections of their own in the checkpoint.</summary>
public sealed class TrainingExtensionTests
{
    private static readonly TrainingOptions Short = new() { Epochs = 3, BatchSize = 8, LearningRate = 0.01 };

    [Fact]
    public void The_average_is_measured_and_kept_and_does_not_disturb_training()
    {
        using var plain = new KernelEngine(TestNetworks.Build("cross-stitch"));
        using var averaged = new KernelEngine(TestNetworks.Build("cross-stitch"));
        var (data, reports) = (new RandomData(24), new List<EpochReport>());
        byte[] own = [];
        var without = new Trainer(plain, Short, seed: 1);
        var plainReports = new List<EpochReport>();
        without.Run(data, new RandomData(8, seed: 2), plainReports.Add);
        var trainer = new Trainer(averaged, Short with { AverageDecay = 0.5 }, seed: 1);
        trainer.Run(data, new RandomData(8, seed: 2), epoch =>
        {
            reports.Add(epoch);
            own = NetworkWeights.Save(averaged.Network.Parameters);
        });

        // Between epochs the network has its own weights, which are those of a training without an average.
        Assert.Equal(NetworkWeights.Save(plain.Network.Parameters), own);
        Assert.Equal(plainReports.Select(report => report.Loss), reports.Select(report => report.Loss));
        Assert.NotEqual(plainReports[^1].ValidationLosses!["landmarks"], reports[^1].ValidationLosses!["landmarks"]);

        // What was measured last is what the network ends with.
        Assert.Equal(reports[^1].ValidationLosses, Prediction.Losses(averaged, new RandomData(8, seed: 2), 8));
    }

    [Fact]
    public void The_average_follows_its_formula()
    {
        var network = TestNetworks.Build("single");
        var average = new WeightAverage(0.5);
        average.Begin(network);
        var numbers = network.Parameters.Numbers(0);
        var expected = (double)numbers[0];
        for (var step = 1; step <= 30; step++)
        {
            numbers[0] = step;
            average.AfterStep(network, step);
            var decay = Math.Min(0.5, step / (step + 9.0));
            expected = (decay * expected) + ((1 - decay) * step);
        }

        average.BeforeMeasuring(network);
        Assert.Equal(expected, network.Parameters.Numbers(0)[0], 1e-4);
        average.AfterMeasuring(network);
        Assert.Equal(30, network.Parameters.Numbers(0)[0]);
        Assert.Throws<CrossStitchException>(() => new WeightAverage(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Training_with_an_average_and_a_weighting_goes_on_to_the_same_bits(int patience)
    {
        var options = Short with { AverageDecay = 0.9, Epochs = 4, Patience = patience };
        byte[] Train(int? stop)
        {
            using var engine = new KernelEngine(TestNetworks.Build("split"));
            var trainer = new Trainer(engine, options, seed: 1, new Balanced());
            Checkpoint? kept = null;
            using var cancellation = new CancellationTokenSource();
            Record.Exception(() => trainer.Run(new RandomData(20), new RandomData(8, seed: 2), epoch =>
            {
                if (epoch.Epoch == stop)
                {
                    kept = trainer.Capture();
                    cancellation.Cancel();
                }
            }, cancellation: cancellation.Token));
            if (kept is not null)
            {
                var path = Path.GetTempFileName();
                kept.Save(path);
                using var second = new KernelEngine(TestNetworks.Build("split", seed: 9));
                var resumed = new Trainer(second, options, seed: 1, new Balanced());
                resumed.Restore(Checkpoint.Load(path));
                File.Delete(path);
                resumed.Run(new RandomData(20), new RandomData(8, seed: 2));
                return NetworkWeights.Save(second.Network.Parameters);
            }

            return NetworkWeights.Save(engine.Network.Parameters);
        }

        var whole = Train(null);
        Assert.Equal(whole, Train(1));
        Assert.Equal(whole, Train(3));
    }

    [Fact]
    public void A_weighting_decides_what_the_joint_loss_is()
    {
        using var engine = new KernelEngine(TestNetworks.Build("split"));
        var batch = new RandomData(8).FirstOf(engine.Network.Description, 8);
        var (own, others) = (new StepLosses(3), new StepLosses(3));
        engine.Learn(batch, own);
        var ownGradient = engine.Gradients["head.pose.weight"].ToArray();
        engine.Learn(batch, [2, 0, 0.25], others);
        Assert.Equal(own.Tasks, others.Tasks);
        Assert.Equal((2 * own.Tasks[0]) + (0.25 * own.Tasks[2]), others.Joint, 1e-9);
        Assert.All(engine.Gradients["head.pose.weight"].ToArray(), slope => Assert.Equal(0, slope));
        Assert.Contains(ownGradient, slope => slope != 0);
    }

    [Fact]
    public void A_checkpoint_without_what_an_extension_needs_is_refused()
    {
        using var engine = new KernelEngine(TestNetworks.Build("single"));
        var checkpoint = new Trainer(engine, Short, seed: 1).Capture();
        var error = Assert.Throws<CrossStitchException>(() => new Trainer(engine, Short with { AverageDecay = 0.9 }, seed: 1).Restore(checkpoint));
        Assert.Contains("weight average", error.Message, StringComparison.Ordinal);
        Assert.Throws<CrossStitchException>(() => new Trainer(engine, Short, seed: 1, extensions: [new WeightAverage(0.9), new WeightAverage(0.5)]));
    }

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
            for (var task = 0; task < losses.Length; task++)
            {
                _first[task] = _first[task] == 0 ? losses[task] : _first[task];
                _last[task] = losses[task];
            }
        }

        public override void Save(BinaryWriter writer)
        {
            foreach (var loss in _first.Concat(_last))
            {
                writer.Write(loss);
            }
        }

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
