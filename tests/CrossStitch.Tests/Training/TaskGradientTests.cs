using CrossStitch.Engines;
using CrossStitch.Parameters;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Tests.Training;

/// <summary>Loss weightings that see the gradient of each task.</summary>
public sealed class TaskGradientTests
{
    [Theory]
    [InlineData("split")]
    [InlineData("related-cross-stitch")]
    public void The_gradients_of_the_tasks_are_their_own_and_add_up_to_the_joint_one(string name)
    {
        var network = TestNetworks.Disturbed(TestNetworks.Build(name));
        using var engine = new KernelEngine(network);
        var before = NetworkWeights.Save(network.Parameters);
        var weighting = new Balanced();
        var options = new TrainingOptions { Epochs = 1, BatchSize = 8, LearningRate = 1e-9 };
        new Trainer(engine, options, seed: 1, weighting).Run(new RandomData(8));

        var joint = new ParameterSet(network.Parameters.Blocks);
        joint.CopyFrom(engine.Gradients);

        // The penalty alone: the same weights on any batch, with no task in the joint loss.
        NetworkWeights.Load(network, before);
        var batch = new Batch(network.Description, 8) { Count = 8 };
        new RandomData(8).Fill(batch, [0, 1, 2, 3, 4, 5, 6, 7], augmentationSeed: null);
        engine.Learn(batch, new double[weighting.Used.Length], new StepLosses(weighting.Used.Length));
        var seen = weighting.Gradients;
        var landmarks = network.Parameters.PlaceOf("head.landmarks.weight");
        var pose = network.Parameters.PlaceOf("head.pose.weight");
        Assert.Contains(seen[0].Numbers(landmarks).ToArray(), number => number != 0);
        Assert.All(seen[0].Numbers(pose).ToArray(), number => Assert.Equal(0, number, 1e-7f));
        Assert.All(seen[1].Numbers(landmarks).ToArray(), number => Assert.Equal(0, number, 1e-7f));
        for (var i = 0; i < network.Parameters.Blocks.Count; i++)
        {
            var whole = joint.Numbers(i).ToArray();
            var sum = whole.Select((_, k) => seen.Select((gradient, task) => weighting.Used[task] * gradient.Numbers(i)[k]).Sum() + engine.Gradients.Numbers(i)[k]);
            Assert.All(whole.Zip(sum), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * (1 + Math.Abs(pair.First))));
        }
    }

    /// <summary>Weighs every task by one over the size of its gradient.</summary>
    private sealed class Balanced() : LossWeighting("balanced")
    {
        public List<ParameterSet> Gradients { get; } = [];

        public double[] Used { get; private set; } = [];

        public override bool NeedsGradients => true;

        public override void Weigh(IReadOnlyList<LearningTask> tasks, Span<double> weights) => throw new InvalidOperationException("The gradients are there.");

        public override void Weigh(IReadOnlyList<LearningTask> tasks, IReadOnlyList<ParameterSet> gradients, Span<double> weights)
        {
            for (var task = 0; task < weights.Length; task++)
            {
                var copy = new ParameterSet(gradients[task].Blocks);
                copy.CopyFrom(gradients[task]);
                Gradients.Add(copy);
                weights[task] = 1 / Math.Sqrt(Enumerable.Range(0, copy.Blocks.Count).Sum(i => copy.Numbers(i).ToArray().Sum(number => (double)number * number)));
            }

            Used = weights.ToArray();
        }
    }
}
