using CrossStitch.Engines;
using CrossStitch.Kernels.Models;
using CrossStitch.Parameters;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainingOptions Short = new() { Epochs = 4, BatchSize = 8, LearningRate = 0.01 };

    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void Every_network_learns_32_examples_by_heart(string name)
    {
        using var engine = new KernelEngine(TestNetworks.Build(name));
        var data = new RandomData(32);
        var before = Prediction.Losses(engine, data, 32);
        new Trainer(engine, new TrainingOptions { Epochs = 120, BatchSize = 8, LearningRate = 0.01 }, seed: 1).Run(data);
        var after = Prediction.Losses(engine, data, 32);
        Assert.All(engine.Network.Description.Tasks, task => Assert.True(after[task.Name] < 0.1 * before[task.Name], $"{task.Name}: {before[task.Name]} → {after[task.Name]}"));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_weights_to_the_bit(string name)
    {
        Assert.Equal(Train(name, Short), Train(name, Short));
        Assert.Equal(Train(name, Short, threads: 3), Train(name, Short, threads: 3));
        Assert.NotEqual(Train(name, Short), Train(name, Short, seed: 2));
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void Training_that_goes_on_from_any_epoch_ends_with_the_same_weights(OptimizerKind optimizer)
    {
        var options = Short with { Optimizer = optimizer, LearningRate = 0.001, WeightDecay = 1e-4, StitchRate = 10, RelationRate = 3, Patience = 10 };
        var whole = Train("related-cross-stitch", options, threads: 2);
        for (var stop = 1; stop < options.Epochs; stop++)
        {
            using var first = new KernelEngine(TestNetworks.Build("related-cross-stitch"), threads: 2);
            using var cancellation = new CancellationTokenSource();
            Checkpoint? checkpoint = null;
            var trainer = new Trainer(first, options, seed: 1);
            Assert.Throws<OperationCanceledException>(() => trainer.Run(new RandomData(20), new RandomData(8, seed: 2), epoch =>
            {
                if (epoch.Epoch == stop)
                {
                    checkpoint = trainer.Capture();
                    cancellation.Cancel();
                }
            }, cancellation: cancellation.Token));

            using var second = new KernelEngine(TestNetworks.Build("related-cross-stitch", seed: 99), threads: 2);
            var resumed = new Trainer(second, options, seed: 1);
            resumed.Restore(checkpoint!);
            resumed.Run(new RandomData(20), new RandomData(8, seed: 2));
            Assert.Equal(whole, NetworkWeights.Save(second.Network.Parameters));
        }
    }

    [Fact]
    public void A_checkpoint_of_another_optimiser_or_network_is_refused()
    {
        using var engine = new KernelEngine(TestNetworks.Build("split"));
        using var other = new KernelEngine(TestNetworks.Build("single"));
        var checkpoint = new Trainer(engine, Short, seed: 1).Capture();
        Assert.Throws<CrossStitchException>(() => new Trainer(engine, Short with { Optimizer = OptimizerKind.Sgd }, seed: 1).Restore(checkpoint));
        Assert.Throws<CrossStitchException>(() => new Trainer(other, Short, seed: 1).Restore(checkpoint));
    }

    [Fact]
    public void Parameters_of_a_role_learn_at_their_own_rate()
    {
        using var still = new KernelEngine(TestNetworks.Build("related-cross-stitch"));
        new Trainer(still, Short with { StitchRate = 0, RelationRate = 0, WeightDecay = 0.1 }, seed: 1).Run(new RandomData(16));
        Assert.All(StitchSummary.Of(still.Network), unit => Assert.Equal((0.9f, 0.1f), ((float)unit.Highest, (float)unit.Lowest)));
        Assert.All(RelationSummary.Of(still.Network), layer => Assert.Equal((1, 0), (layer.Scale, layer.Shift)));

        using var moving = new KernelEngine(TestNetworks.Build("related-cross-stitch"));
        new Trainer(moving, Short with { StitchRate = 10, RelationRate = 10 }, seed: 1).Run(new RandomData(16));
        Assert.All(StitchSummary.Of(moving.Network), unit => Assert.NotEqual(0.9f, (float)unit.Highest));
        Assert.All(RelationSummary.Of(moving.Network), layer => Assert.NotEqual(1, layer.Scale));
    }

    [Fact]
    public void The_gradients_norm_is_limited()
    {
        // With SGD without momentum, the first step is the rate times the gradient, which is longer than its limit.
        double FirstStep(double clip)
        {
            using var engine = new KernelEngine(TestNetworks.Build("split"));
            var before = new ParameterSet(engine.Network.Parameters.Blocks);
            before.CopyFrom(engine.Network.Parameters);
            var options = new TrainingOptions
            {
                Epochs = 1,
                BatchSize = 8,
                Optimizer = OptimizerKind.Sgd,
                Momentum = 0,
                LearningRate = 0.1,
                Schedule = new LearningRateSchedule(ScheduleKind.Constant),
                GradientClip = clip,
            };
            new Trainer(engine, options, seed: 1).Run(new RandomData(8));
            return Math.Sqrt(Enumerable.Range(0, before.Blocks.Count).Sum(b =>
                before.Numbers(b).ToArray().Zip(engine.Network.Parameters.Numbers(b).ToArray(), (x, y) => Math.Pow(x - (double)y, 2)).Sum()));
        }

        var free = FirstStep(0);
        Assert.True(free > 0.1);
        Assert.Equal(0.1 * 0.2, FirstStep(0.2), 1e-5);
        Assert.Equal(free, FirstStep(1e6), 1e-9);
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_training_and_says_where()
    {
        var network = TestNetworks.Build("single");
        network.Parameters["head.landmarks.weight"].Fill(float.PositiveInfinity);
        using var engine = new KernelEngine(network);
        var error = Assert.Throws<CrossStitchException>(() => new Trainer(engine, Short, seed: 1).Run(new RandomData(16)));
        Assert.StartsWith("Epoch 1, step 1: the loss is", error.Message, StringComparison.Ordinal);
        Assert.Contains("landmarks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_leaves_the_finite_numbers_stops_training_before_anything_is_saved()
    {
        using var engine = new KernelEngine(Network.Create(NetworkDescription.Single(TestNetworks.SmallShape, new Steep()), seed: 1));
        var options = new TrainingOptions { Epochs = 1, BatchSize = 16, Optimizer = OptimizerKind.Sgd, LearningRate = 10, GradientClip = 0 };
        var saved = false;
        var error = Assert.Throws<CrossStitchException>(() => new Trainer(engine, options, seed: 1).Run(new RandomData(16), onEpoch: _ => saved = true));
        Assert.Matches(@"^Epoch 1: after its last step, [a-z0-9.]+: number \d+ is (NaN|-?Infinity|∞|-∞); lower the learning rate \(10\) or its factors\.$", error.Message);
        Assert.False(saved);
    }

    [Fact]
    public void Tasks_learn_from_the_examples_that_have_their_labels()
    {
        var data = new SomeLabels(new RandomData(32));
        using var engine = new KernelEngine(TestNetworks.Build("cross-stitch"));
        var before = Prediction.Losses(engine, data, 8);
        EpochReport? last = null;
        new Trainer(engine, new TrainingOptions { Epochs = 80, BatchSize = 8 }, seed: 1).Run(data, onEpoch: report => last = report);
        var after = Prediction.Losses(engine, data, 8);
        Assert.True(after["landmarks"] < 0.1 * before["landmarks"]);
        Assert.True(after["pose"] < 0.1 * before["pose"]);
        Assert.Equal((0, 0), (after["smile"], last!.TaskLosses["smile"]));
    }

    [Fact]
    public void An_epoch_reports_what_it_did()
    {
        using var engine = new KernelEngine(TestNetworks.Build("related-cross-stitch"));
        var (epochs, steps) = (new List<EpochReport>(), new List<StepReport>());
        new Trainer(engine, Short, seed: 1).Run(new RandomData(20), new RandomData(8, seed: 2), epochs.Add, new Steps(steps));
        Assert.Equal([1, 2, 3, 4], epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(Enumerable.Range(1, 12), steps.Select(step => (int)step.Step));
        Assert.All(steps, step => Assert.Equal(12, step.Steps));

        // Batches of 8, 8 and 4: means over examples, not over batches.
        Assert.All(epochs, epoch => Assert.Equal(steps.Where(step => step.Epoch == epoch.Epoch).Zip([8, 8, 4], (step, size) => step.Loss * size).Sum() / 20, epoch.Loss, 1e-9));
        Assert.All(epochs, epoch => Assert.Equal(epoch.TaskLosses["landmarks"] + (0.5 * epoch.TaskLosses["pose"]) + (0.5 * epoch.TaskLosses["smile"]) + epoch.Penalty, epoch.Loss, 1e-9));
        Assert.Equal(Prediction.Losses(engine, new RandomData(8, seed: 2), 3)["pose"], epochs[^1].ValidationLosses!["pose"], 1e-6);
        Assert.Equal((3, 3), (epochs[0].Stitches.Count, epochs[0].Relation.Count));
    }

    [Fact]
    public void Without_a_better_validation_loss_training_stops_and_takes_the_best_weights_back()
    {
        using var engine = new KernelEngine(TestNetworks.Build("single"));
        var trainer = new Trainer(engine, new TrainingOptions { Epochs = 200, BatchSize = 8, LearningRate = 0.02, Patience = 3 }, seed: 1);
        var validation = new RandomData(16, seed: 2);
        var losses = new List<double>();
        var outcome = trainer.Run(new RandomData(16), validation, epoch => losses.Add(epoch.ValidationLosses!["landmarks"]));
        Assert.True(outcome.StoppedEarly);
        Assert.Equal(losses.IndexOf(losses.Min()) + 1, outcome.KeptEpoch);
        Assert.Equal(outcome.KeptEpoch + 3, outcome.Epochs);
        Assert.Equal(losses.Min(), Prediction.Losses(engine, validation, 8)["landmarks"], 6);
    }

    [Fact]
    public void An_impossible_option_is_named()
    {
        using var engine = new KernelEngine(TestNetworks.Build("single"));
        var error = Assert.Throws<CrossStitchException>(() => new Trainer(engine, new TrainingOptions { Epochs = 0 }, seed: 1));
        Assert.Equal("Training option Epochs is 0; it must be from 1 to 1000000.", error.Message);
        Assert.Throws<CrossStitchException>(() => new Trainer(engine, new TrainingOptions { LearningRate = double.NaN }, seed: 1));
        Assert.Throws<CrossStitchException>(() => new Trainer(engine, new TrainingOptions { Patience = 2 }, seed: 1).Run(new RandomData(4)));
        Assert.Throws<CrossStitchException>(() => new Trainer(engine, new TrainingOptions(), seed: 1).Run(new RandomData(0)));
    }

    private static byte[] Train(string name, TrainingOptions options, long seed = 1, int threads = 1)
    {
        using var engine = new KernelEngine(TestNetworks.Build(name), threads);
        new Trainer(engine, options, seed).Run(new RandomData(20), new RandomData(8, seed: 2));
        return NetworkWeights.Save(engine.Network.Parameters);
    }

    private sealed class Steps(List<StepReport> steps) : IProgress<StepReport>
    {
        public void Report(StepReport value) => steps.Add(value);
    }

    /// <summary>Every third example has no landmarks, every other one no pose, and none whether it smiles.</summary>
    private sealed class SomeLabels(RandomData all) : ILabelledData
    {
        public int Count => all.Count;

        public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
        {
            all.Fill(batch, indices, augmentationSeed);
            batch.Labels("smile").Fill(ClassificationTask.Missing);
            for (var i = 0; i < indices.Length; i++)
            {
                if (indices[i] % 3 == 0)
                {
                    batch.Labels("landmarks")[(10 * i) + 9] = float.NaN;
                }

                if (indices[i] % 2 == 0)
                {
                    batch.Labels("pose")[i] = ClassificationTask.Missing;
                }
            }
        }
    }

    /// <summary>A loss that is finite, with slopes that are not to be followed.</summary>
    private sealed record Steep() : LearningTask("steep", 2, 1)
    {
        public override int LabelWidth => 1;

        public override TaskScore Scored => TaskScore.Error;

        public override HeadKind ExportKind => HeadKind.Regression;

        public override bool HasLabel(ReadOnlySpan<float> label) => true;

        public override double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
        {
            gradient.Fill(float.MaxValue);
            return 1;
        }

        public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label) => 0;
    }
}
