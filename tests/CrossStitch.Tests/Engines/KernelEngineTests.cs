using CrossStitch.Engines;
using CrossStitch.Kernels;
using CrossStitch.Kernels.Models;
using CrossStitch.Optimizers;
using CrossStitch.Parameters;
using CrossStitch.Relations;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tests.Engines;

public sealed class KernelEngineTests
{
    private static readonly TowerShape TinyShape = new(
        [2, 7, 8], [new ConvolutionStage("pool1", 3, 3, Pool: true), new ConvolutionStage("conv2", 4, 2, Pool: false), new DenseStage("fc", 5)]);

    public static TheoryData<string> Names => TestNetworks.Names;

    [Theory, MemberData(nameof(Names))]
    public void Gradients_of_the_joint_loss_match_finite_differences(string name)
    {
        var network = TestNetworks.Disturbed(
            TestNetworks.Build(name, TinyShape, stitches: new CrossStitchOptions(PerChannel: name == "cross-stitch"), relation: new WeightRelationOptions(Weight: 0.3, Scale: 0.9, Shift: 0.02)),
            size: 0.1);
        using var engine = new KernelEngine(network, threads: 2);
        var batch = WithoutSomeLabels(new RandomData(9).FirstOf(network.Description, 9));
        FiniteDifferences.Check(engine, batch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Any_number_of_threads_computes_the_same_network(int threads)
    {
        var network = TestNetworks.Disturbed(TestNetworks.Build("related-cross-stitch", TestNetworks.PaperShape));
        var batch = WithoutSomeLabels(new RandomData(21, side: 40).FirstOf(network.Description, 21));
        using var one = new KernelEngine(network);
        using var many = new KernelEngine(network, threads);
        Assert.Equal(TestNetworks.Numbers(TestNetworks.Learn(one, batch)), TestNetworks.Numbers(TestNetworks.Learn(many, batch)), (x, y) => Math.Abs(x - y) <= 1e-6 * (1 + Math.Abs(x)));
        Assert.All(one.Gradients.Blocks, block => AssertNear(one.Gradients[block.Name].ToArray(), many.Gradients[block.Name].ToArray(), 1e-5));
        Assert.All(
            TestNetworks.Predict(one, batch.Input.ToArray(), 21).Zip(TestNetworks.Predict(many, batch.Input.ToArray(), 21)),
            pair => AssertNear(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void The_same_parameters_and_threads_give_the_same_bits()
    {
        var network = TestNetworks.Disturbed(TestNetworks.Build("related-cross-stitch"));
        var batch = new RandomData(21).FirstOf(network.Description, 21);
        var runs = Enumerable.Range(0, 3).Select(_ =>
        {
            using var engine = new KernelEngine(network, threads: 3);
            return (Losses: TestNetworks.Numbers(TestNetworks.Learn(engine, batch)), Gradients: NetworkWeights.Save(engine.Gradients));
        }).ToList();
        Assert.All(runs, run => Assert.Equal(runs[0].Losses, run.Losses));
        Assert.All(runs, run => Assert.Equal(runs[0].Gradients, run.Gradients));
    }

    [Fact]
    public void Parameters_are_taken_as_they_are_at_each_call()
    {
        var network = TestNetworks.Build("single");
        using var engine = new KernelEngine(network);
        var input = TestNetworks.Noise(144);
        var before = TestNetworks.Predict(engine, input, 1)[0];
        network.Parameters["head.landmarks.bias"][3] += 2;
        Assert.Equal(before[3] + 2, TestNetworks.Predict(engine, input, 1)[0][3], 1e-5);
        network.Parameters["tower0.fc.weight"].Clear();
        network.Parameters["tower0.fc.bias"].Clear();
        Assert.Equal(network.Parameters["head.landmarks.bias"].ToArray(), TestNetworks.Predict(engine, input, 1)[0]);
    }

    [Fact]
    public void Batches_of_any_size_follow_each_other()
    {
        var network = TestNetworks.Disturbed(TestNetworks.Build("cross-stitch"));
        using var engine = new KernelEngine(network, threads: 2);
        foreach (var count in new[] { 5, 1, 33, 2, 33 })
        {
            var batch = new RandomData(33).FirstOf(network.Description, count);
            using var fresh = new KernelEngine(network, threads: 2);
            Assert.Equal(TestNetworks.Numbers(TestNetworks.Learn(fresh, batch)), TestNetworks.Numbers(TestNetworks.Learn(engine, batch)));
            Assert.Equal(NetworkWeights.Save(fresh.Gradients), NetworkWeights.Save(engine.Gradients));
            var together = TestNetworks.Predict(engine, batch.Input.ToArray(), count);
            var last = TestNetworks.Predict(engine, batch.Input[^144..].ToArray(), 1);
            Assert.All(together.Zip(last), pair => AssertNear(pair.Second, pair.First[^pair.Second.Length..], 1e-5));
        }
    }

    [Fact]
    public void Examples_without_any_label_teach_nothing_of_their_task()
    {
        var network = TestNetworks.Build("split");
        using var engine = new KernelEngine(network);
        var batch = new RandomData(4).FirstOf(network.Description, 4);
        batch.Labels("pose").Fill(ClassificationTask.Missing);
        batch.Labels("landmarks").Fill(float.NaN);
        var losses = TestNetworks.Learn(engine, batch);
        Assert.Equal((0, 0), (losses.Tasks[0], losses.Tasks[1]));
        Assert.Equal(0.5 * losses.Tasks[2], losses.Joint);
        Assert.All(engine.Gradients["head.pose.weight"].ToArray(), slope => Assert.Equal(0, slope));
        Assert.Contains(engine.Gradients["head.smile.weight"].ToArray(), slope => slope != 0);
    }

    [Fact]
    public void A_class_that_a_task_does_not_have_is_refused()
    {
        var network = TestNetworks.Build("cross-stitch");
        using var engine = new KernelEngine(network);
        var batch = new RandomData(4).FirstOf(network.Description, 4);
        batch.Labels("smile")[2] = 2;
        var error = Assert.Throws<CrossStitchException>(() => TestNetworks.Learn(engine, batch));
        Assert.Equal("An example has class 2 for task 'smile', which has classes 0 to 1, and -1 for no label.", error.Message);
        batch.Labels("smile")[2] = 1;
        TestNetworks.Learn(engine, batch);
    }

    [Fact]
    public void What_cannot_be_computed_is_refused()
    {
        var network = TestNetworks.Build("cross-stitch");
        Assert.Contains("thread", Assert.Throws<CrossStitchException>(() => new KernelEngine(network, threads: 0)).Message, StringComparison.Ordinal);
        var own = Network.Create(NetworkDescription.Single(new TowerShape([1, 4, 4], [new OwnStage()]), TestNetworks.Main), seed: 1);
        var error = Assert.Throws<CrossStitchException>(() => new KernelEngine(own));
        Assert.Contains(nameof(OwnStage), error.Message, StringComparison.Ordinal);
        Assert.Contains("CrossStitch.Torch", error.Message, StringComparison.Ordinal);
        using var engine = new KernelEngine(network);
        Assert.Throws<CrossStitchException>(() => engine.Predict(new float[143], 1, [new float[10], new float[5], new float[2]]));
        Assert.Throws<CrossStitchException>(() => engine.Predict(new float[144], 1, [new float[10], new float[5]]));
        Assert.Throws<CrossStitchException>(() => engine.Predict(new float[144], 1, [new float[10], new float[4], new float[2]]));
        Assert.Throws<CrossStitchException>(() => engine.Learn(new RandomData(4).FirstOf(network.Description, 4), new StepLosses(2)));
        engine.Predict([], 0, [Memory<float>.Empty, Memory<float>.Empty, Memory<float>.Empty]);
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, 1)]
    [InlineData(OptimizerKind.Sgd, 1)]
    [InlineData(OptimizerKind.Adam, 3)]
    public void A_training_step_allocates_nothing_once_it_is_warm(OptimizerKind kind, int threads)
    {
        var network = TestNetworks.Build("related-cross-stitch");
        using var engine = new KernelEngine(network, threads);
        var optimizer = Optimizer.Create(new TrainingOptions { Optimizer = kind }, engine);
        var (batch, losses) = (new RandomData(16).FirstOf(network.Description, 16), new StepLosses(3));
        Steps(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Steps(10);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Steps(int count)
        {
            for (var i = 0; i < count; i++)
            {
                engine.Learn(batch, losses);
                optimizer.Step(1e-3);
            }
        }
    }

    [Fact]
    public void Collecting_garbage_between_steps_changes_nothing()
    {
        var calm = Train(() => { });
        var stressed = Train(() =>
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        });
        Assert.Equal(calm, stressed);

        static byte[] Train(Action between)
        {
            var network = TestNetworks.Build("related-cross-stitch");
            using var engine = new KernelEngine(network, threads: 2);
            new Trainer(engine, new TrainingOptions { Epochs = 5, BatchSize = 8 }, seed: 1).Run(new RandomData(20), progress: new Steps(between));
            return NetworkWeights.Save(network.Parameters);
        }
    }

    [Fact]
    public void Calls_at_once_are_refused_and_one_that_was_begun_outlives_its_engine()
    {
        var task = new Meddling(10);
        var network = Network.Create(NetworkDescription.Single(TinyShape, task), seed: 1);
        var engine = new KernelEngine(network, threads: 2);
        var batch = new Batch(network.Description, 4) { Count = 4 };
        var losses = new StepLosses(1);
        engine.Learn(batch, losses);
        task.During = () => engine.Predict(new float[112], 1, [new float[10]]);
        Assert.Contains("one call at a time", Assert.Throws<CrossStitchException>(() => engine.Learn(batch, losses)).Message, StringComparison.Ordinal);
        task.During = engine.Dispose;
        engine.Learn(batch, losses);
        Assert.True(double.IsFinite(losses.Joint));
        Assert.Throws<ObjectDisposedException>(() => engine.Learn(batch, losses));
        Assert.Throws<ObjectDisposedException>(() => engine.Predict(new float[112], 1, [new float[10]]));
        Assert.Throws<ObjectDisposedException>(() => engine.ForEach(1, _ => { }));
        engine.Dispose();
    }

    [Fact]
    public void A_loss_that_throws_is_reported_and_the_engine_goes_on()
    {
        var task = new Meddling(10);
        var network = Network.Create(NetworkDescription.Single(TinyShape, task), seed: 1);
        using var engine = new KernelEngine(network, threads: 2);
        var batch = new Batch(network.Description, 4) { Count = 4 };
        task.During = () => throw new NotSupportedException("not today");
        var error = Assert.Throws<CrossStitchException>(() => engine.Learn(batch, new StepLosses(1)));
        Assert.Equal("The loss of a task failed: not today", error.Message);
        Assert.IsType<NotSupportedException>(error.InnerException);
        task.During = null;
        engine.Learn(batch, new StepLosses(1));
    }

    [Fact]
    public void A_network_too_large_for_the_kernels_is_refused_in_one_line()
    {
        var shape = new TowerShape([1, 20_000, 20_000], [.. Enumerable.Range(1, 14).Select(number => new ConvolutionStage($"pool{number}", 1, 1, Pool: true))]);
        var network = Network.Create(NetworkDescription.Single(shape, new RegressionTask("numbers", 1)), seed: 1);
        Assert.Contains("too large for the kernels", Assert.Throws<CrossStitchException>(() => new KernelEngine(network)).Message, StringComparison.Ordinal);
    }

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        var scale = expected.Max(Math.Abs);
        Assert.Equal(expected, actual, (x, y) => Math.Abs(x - y) <= (tolerance * scale) + 1e-9);
    }

    private static Batch WithoutSomeLabels(Batch batch)
    {
        batch.Labels("landmarks")[37] = float.NaN;
        batch.Labels("landmarks")[80] = float.PositiveInfinity;
        if (batch.Has("pose"))
        {
            batch.Labels("pose")[0] = ClassificationTask.Missing;
            batch.Labels("pose")[8] = ClassificationTask.Missing;
        }

        return batch;
    }

    private sealed class Steps(Action report) : IProgress<StepReport>
    {
        public void Report(StepReport value) => report();
    }

    private sealed record OwnStage() : TowerStage("own")
    {
        public override IReadOnlyList<int> OutputShape(IReadOnlyList<int> input) => input;

        public override IReadOnlyList<ParameterBlock> Blocks(string prefix, IReadOnlyList<int> input) => [];

        public override void Initialize(ParameterSet parameters, string prefix, IReadOnlyList<int> input, SeededRandom random)
        {
        }
    }

    /// <summary>A task in whose loss something else happens.</summary>
    private sealed record Meddling(int Outputs) : LearningTask("meddling", Outputs, 1)
    {
        public Action? During { get; set; }

        public override int LabelWidth => 1;

        public override TaskScore Scored => TaskScore.Error;

        public override HeadKind ExportKind => HeadKind.Regression;

        public override bool HasLabel(ReadOnlySpan<float> label) => true;

        public override double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
        {
            During?.Invoke();
            gradient.Clear();
            return 1;
        }

        public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label) => 0;
    }
}
