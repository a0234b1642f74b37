using CrossStitch.Engines;
using CrossStitch.Training;
using static TorchSharp.torch;

namespace CrossStitch.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainingOptions Short = new() { Epochs = 4, BatchSize = 8, LearningRate = 0.01 };

    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void Every_network_learns_32_examples_by_heart(string name)
    {
        using var network = TestNetworks.Build(name);
        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 120, BatchSize = 8, LearningRate = 0.01 }, seed: 1);
        var data = new RandomData(32);
        var before = Prediction.Losses(network, data, 32, CancellationToken.None);
        trainer.Run(data);
        var after = Prediction.Losses(network, data, 32, CancellationToken.None);
        Assert.All(network.Tasks, task => Assert.True(after[task.Name] < 0.1 * before[task.Name], $"{task.Name}: {before[task.Name]} → {after[task.Name]}"));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_weights_to_the_bit(string name)
    {
        Assert.Equal(Train(name, Short), Train(name, Short));
        Assert.NotEqual(Train(name, Short), Train(name, Short, seed: 2));
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void Training_that_goes_on_from_any_epoch_ends_with_the_same_weights(OptimizerKind optimizer)
    {
        var options = Short with { Optimizer = optimizer, LearningRate = 0.001, WeightDecay = 1e-4, StitchRate = 10, RelationRate = 3, Patience = 10 };
        var whole = Train("related-cross-stitch", options);
        for (var stop = 1; stop < options.Epochs; stop++)
        {
            using var first = TestNetworks.Build("related-cross-stitch");
            using var cancellation = new CancellationTokenSource();
            Checkpoint? checkpoint = null;
            using (var trainer = new Trainer(first, options, seed: 1))
            {
                Assert.Throws<OperationCanceledException>(() => trainer.Run(new RandomData(20), new RandomData(8, seed: 2), epoch =>
                {
                    if (epoch.Epoch == stop)
                    {
                        checkpoint = trainer.Capture();
                        cancellation.Cancel();
                    }
                }, cancellation: cancellation.Token));
            }

            using var second = TestNetworks.Build("related-cross-stitch", seed: 99);
            using var resumed = new Trainer(second, options, seed: 1);
            resumed.Restore(checkpoint!);
            resumed.Run(new RandomData(20), new RandomData(8, seed: 2));
            Assert.Equal(whole, NetworkWeights.Save(second));
        }
    }

    [Theory]
    [InlineData(EngineKind.Eager)]
    [InlineData(EngineKind.Fused)]
    public void A_thousand_steps_leave_no_tensor_behind(EngineKind engine)
    {
        using var network = TestNetworks.Build("related-cross-stitch");
        network.UseEngine(engine);
        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 252, BatchSize = 8, LearningRate = 0.001 }, seed: 1);
        var counts = new List<long>();
        trainer.Run(new RandomData(32), onEpoch: epoch =>
        {
            if (epoch.Epoch is 2 or 252)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                counts.Add(Tensor.TotalCount);
            }
        });
        Assert.Equal(counts[0], counts[1]);
    }

    [Fact]
    public void Parameters_of_a_role_learn_at_their_own_rate()
    {
        using var still = TestNetworks.Build("related-cross-stitch");
        using (var trainer = new Trainer(still, Short with { StitchRate = 0, RelationRate = 0 }, seed: 1))
        {
            trainer.Run(new RandomData(16));
        }

        Assert.All(still.Stitches, unit => Assert.Equal(0.9f, unit.Alpha[0, 0, 0].item<float>()));
        Assert.True(still.Relation!.Scale!.eq(1).all().item<bool>());

        using var moving = TestNetworks.Build("related-cross-stitch");
        using (var trainer = new Trainer(moving, Short with { StitchRate = 10 }, seed: 1))
        {
            trainer.Run(new RandomData(16));
        }

        Assert.All(moving.Stitches, unit => Assert.NotEqual(0.9f, unit.Alpha[0, 0, 0].item<float>()));
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_training_and_says_where()
    {
        using var network = TestNetworks.Build("single");
        using (no_grad())
        {
            network.Heads[0].weight!.fill_(float.PositiveInfinity);
        }

        using var trainer = new Trainer(network, Short, seed: 1);
        var error = Assert.Throws<CrossStitchException>(() => trainer.Run(new RandomData(16)));
        Assert.StartsWith("Epoch 1, step 1: the loss is", error.Message, StringComparison.Ordinal);
        Assert.Contains("landmarks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_better_validation_loss_training_stops_and_takes_the_best_weights_back()
    {
        using var network = TestNetworks.Build("single");
        using var trainer = new Trainer(network, new TrainingOptions { Epochs = 200, BatchSize = 8, LearningRate = 0.02, Patience = 3 }, seed: 1);
        var validation = new RandomData(16, seed: 2);
        var losses = new List<double>();
        var outcome = trainer.Run(new RandomData(16), validation, epoch => losses.Add(epoch.ValidationLosses!["landmarks"]));
        Assert.True(outcome.StoppedEarly);
        Assert.Equal(losses.IndexOf(losses.Min()) + 1, outcome.KeptEpoch);
        Assert.Equal(outcome.KeptEpoch + 3, outcome.Epochs);
        Assert.Equal(losses.Min(), Prediction.Losses(network, validation, 8, CancellationToken.None)["landmarks"], 6);
    }

    [Fact]
    public void An_impossible_option_is_named()
    {
        using var network = TestNetworks.Build("single");
        var error = Assert.Throws<CrossStitchException>(() => new Trainer(network, new TrainingOptions { Epochs = 0 }, seed: 1));
        Assert.Equal("Training option Epochs is 0; it must be from 1 to 1000000.", error.Message);
        Assert.Throws<CrossStitchException>(() => new Trainer(network, new TrainingOptions { LearningRate = double.NaN }, seed: 1));
        using var patient = new Trainer(network, new TrainingOptions { Patience = 2 }, seed: 1);
        Assert.Throws<CrossStitchException>(() => patient.Run(new RandomData(4)));
    }

    private static byte[] Train(string name, TrainingOptions options, long seed = 1)
    {
        using var network = TestNetworks.Build(name);
        using var trainer = new Trainer(network, options, seed);
        trainer.Run(new RandomData(20), new RandomData(8, seed: 2));
        return NetworkWeights.Save(network);
    }
}
