using CrossStitch.Engines;
using CrossStitch.Kernels.Models;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Tests.Tasks;

public sealed class LearningTaskTests
{
    private static readonly float[] Logits = [1.5f, -2, 0.25f, 0];

    [Fact]
    public void The_landmark_loss_is_the_squared_norm_of_the_error()
    {
        var gradient = new float[2];
        Assert.Equal(4 + 9, new RegressionTask("landmarks", 2).Loss([3, 4], [1, 1], gradient));
        Assert.Equal([4f, 6f], gradient);
    }

    [Fact]
    public void A_landmark_loss_with_a_bend_is_the_square_of_small_errors_and_grows_evenly_with_large_ones()
    {
        var (gradient, bent) = (new float[2], new RegressionTask("landmarks", 2) { HuberDelta = 0.5 });
        Assert.Equal(1e-6 + 4e-6, bent.Loss([1.001f, 0.998f], [1, 1], gradient), 1e-8);
        Assert.Equal([0.002f, -0.004f], gradient, (x, y) => Math.Abs(x - y) < 1e-5);
        Assert.Equal((1000 - 0.5) + (2000 - 0.5), bent.Loss([1000, -2000], [0, 0], gradient), 1e-3);
        Assert.Equal([1f, -1f], gradient, (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Fact]
    public void The_attribute_loss_is_the_negative_log_probability()
    {
        var gradient = new float[2];

        // Softmax gives 3/4 and 1/4.
        Assert.Equal(-Math.Log(0.75), new ClassificationTask("smile", 2).Loss([MathF.Log(3), 0], [0], gradient), 1e-6);
        Assert.Equal([-0.25f, 0.25f], gradient, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(-Math.Log(0.25), new ClassificationTask("smile", 2).Loss([MathF.Log(3), 0], [1], gradient), 1e-6);
        Assert.Equal([0.75f, -0.75f], gradient, (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Offsets_of_logits_are_in_the_loss_and_not_in_what_is_predicted()
    {
        var gradient = new float[2];
        var task = new ClassificationTask("smile", 2) { LogitOffsets = [Math.Log(0.9), Math.Log(0.1)] };

        // Logits of ln 1 and ln 3 beside shares of 0.9 and 0.1: softmax gives 0.9/1.2 and 0.3/1.2.
        float[] logits = [0, MathF.Log(3)];
        Assert.Equal(-Math.Log(0.75), task.Loss(logits, [0], gradient), 1e-6);
        Assert.Equal([-0.25f, 0.25f], gradient, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(-Math.Log(0.25), task.Loss(logits, [1], gradient), 1e-6);
        Assert.Equal([0.75f, -0.75f], gradient, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal([0, 1], new float[] { 0, 1 }.Select(truth => task.Score(logits, [truth])));
    }

    [Fact]
    public void Offsets_are_a_finite_number_a_class()
    {
        Assert.Contains("each of its 2 classes", Assert.Throws<CrossStitchException>(() => new ClassificationTask("smile", 2) { LogitOffsets = [0, 1, 2] }).Message, StringComparison.Ordinal);
        Assert.Contains("'smile'", Assert.Throws<CrossStitchException>(() => new ClassificationTask("smile", 2) { LogitOffsets = [0, double.NegativeInfinity] }).Message, StringComparison.Ordinal);
        Assert.Empty((new ClassificationTask("smile", 2) { LogitOffsets = [0, 1] } with { LogitOffsets = [] }).LogitOffsets);
    }

    [Fact]
    public void Logits_of_any_size_have_a_finite_loss()
    {
        var gradient = new float[2];
        Assert.Equal(2e30, new ClassificationTask("smile", 2).Loss([1e30f, -1e30f], [1], gradient), 1e24);
        Assert.Equal([1f, -1f], gradient);
        Assert.Equal(0, new ClassificationTask("smile", 2).Loss([-1000, -2000], [0], gradient), 1e-6);
    }

    [Fact]
    public void Gradients_match_finite_differences()
    {
        Assert.InRange(GradientCheck.LargestError(new RegressionTask("r", 4), Logits, [1, 2, -1, 0.5f]), 0, 1e-3);
        Assert.InRange(GradientCheck.LargestError(new RegressionTask("r", 4) { HuberDelta = 0.7 }, Logits, [1, 2, -1, 0.5f]), 0, 1e-3);
        Assert.InRange(GradientCheck.LargestError(new HuberTask("h", 4), Logits, [1, 2, -1, 0.5f]), 0, 1e-3);
        Assert.All(Enumerable.Range(0, 4), truth => Assert.InRange(GradientCheck.LargestError(new ClassificationTask("c", 4), Logits, [truth]), 0, 1e-3));
        Assert.All(Enumerable.Range(0, 4), truth => Assert.InRange(GradientCheck.LargestError(new ClassificationTask("c", 4) { LogitOffsets = [0.5, -2, 1, -0.1] }, Logits, [truth]), 0, 1e-3));
    }

    [Fact]
    public void A_wrong_gradient_is_found() =>
        Assert.InRange(GradientCheck.LargestError(new WrongTask(), [1, 2], [0, 0]), 0.1, 10);

    [Fact]
    public void Numbers_are_scored_by_the_norm_of_their_error_and_classes_by_being_the_likeliest()
    {
        var numbers = new RegressionTask("landmarks", 2);
        Assert.Equal(5, numbers.Score([4, -3], [1, 1]));
        Assert.Equal(("error", false, false), (numbers.Scored.Name, numbers.Scored.HigherIsBetter, numbers.Scored.IsShare));
        var classes = new ClassificationTask("pose", 4);
        Assert.Equal([1, 0, 0, 0], Enumerable.Range(0, 4).Select(truth => classes.Score(Logits, [truth])));
        Assert.Equal([0, 1], new float[] { 0, 1 }.Select(truth => classes.Score([2, 3, 3, 1], [truth])));
        Assert.Equal(("accuracy", true, true), (classes.Scored.Name, classes.Scored.HigherIsBetter, classes.Scored.IsShare));
        Assert.Equal(1, ClassificationTask.LikeliestClass([2, 3, 3, 1]));
    }

    [Fact]
    public void A_label_that_is_missing_is_told_from_one_that_is_not()
    {
        var numbers = new RegressionTask("landmarks", 3);
        Assert.True(numbers.HasLabel([0, -5, 1e30f]));
        Assert.All(new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }, number => Assert.False(numbers.HasLabel([0, 0, number])));
        var classes = new ClassificationTask("pose", 5);
        Assert.False(classes.HasLabel([ClassificationTask.Missing]));
        Assert.All([0f, 1, 4], label => Assert.True(classes.HasLabel([label])));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-2)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_class_that_a_task_does_not_have_is_refused(double label)
    {
        var error = Assert.Throws<CrossStitchException>(() => new ClassificationTask("pose", 5).HasLabel([(float)label]));
        Assert.Contains("'pose'", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batchs_losses_are_means_over_the_examples_that_have_a_label()
    {
        var network = TestNetworks.Disturbed(TestNetworks.Build("split"));
        var batch = new RandomData(5).FirstOf(network.Description, 5);
        batch.Labels("landmarks")[17] = float.NaN;
        batch.Labels("pose")[0] = ClassificationTask.Missing;
        batch.Labels("pose")[4] = ClassificationTask.Missing;
        var outputs = TestNetworks.Predict(network, batch.Input.ToArray(), 5);
        var (points, pose, smile) = (batch.Labels("landmarks").ToArray(), batch.Labels("pose").ToArray(), batch.Labels("smile").ToArray());
        double[] expected =
        [
            new[] { 0, 2, 3, 4 }.Average(i => Enumerable.Range(10 * i, 10).Sum(k => Math.Pow(outputs[0][k] - points[k], 2))),
            new[] { 1, 2, 3 }.Average(i => CrossEntropy(outputs[1], 5, i, pose)),
            Enumerable.Range(0, 5).Average(i => CrossEntropy(outputs[2], 2, i, smile)),
        ];
        using var engine = new KernelEngine(network);
        var losses = TestNetworks.Numbers(TestNetworks.Learn(engine, batch));

        // Equation 2, with λ of 1, 0.5 and 0.5; a split network has no penalty.
        Assert.Equal([.. expected, 0, expected[0] + (0.5 * expected[1]) + (0.5 * expected[2])], losses, (x, y) => Math.Abs(x - y) < 1e-5);
        Assert.Equal(expected, Losses(engine, batch), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Fact]
    public void A_task_of_ones_own_is_learned_exported_and_measured()
    {
        var task = new HuberTask("landmarks", 10);
        var network = Network.Create(NetworkDescription.CrossStitch(TestNetworks.SmallShape, [new("own", [task]), new("auxiliary", TestNetworks.Auxiliary)]), seed: 1);
        using var engine = new KernelEngine(network);
        var data = new RandomData(32);
        var before = Prediction.Losses(engine, data, 8);
        new Trainer(engine, new TrainingOptions { Epochs = 60, BatchSize = 8 }, seed: 1).Run(data);
        Assert.True(Prediction.Losses(engine, data, 8)["landmarks"] < 0.2 * before["landmarks"]);
        Assert.Equal(HeadKind.Regression, CrossStitch.Export.ModelExport.ToModel(network).Heads[0].Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_loss_that_throws_stops_training_with_its_message(int threads)
    {
        var network = Network.Create(NetworkDescription.Split(TestNetworks.SmallShape, [new BrokenTask()]), seed: 1);
        using var engine = new KernelEngine(network, threads);
        var error = Assert.Throws<CrossStitchException>(() => new Trainer(engine, new TrainingOptions { Epochs = 1, BatchSize = 4 }, seed: 1).Run(new RandomData(8)));
        Assert.Contains("out of coffee", error.Message, StringComparison.Ordinal);
    }

    private static double[] Losses(NetworkEngine engine, Batch batch)
    {
        var losses = Prediction.Losses(engine, new OneBatch(batch), 2);
        return [.. engine.Network.Description.Tasks.Select(task => losses[task.Name])];
    }

    private static double CrossEntropy(float[] logits, int classes, int example, float[] labels)
    {
        var row = logits.Skip(example * classes).Take(classes).Select(logit => Math.Exp(logit)).ToArray();
        return -Math.Log(row[(int)labels[example]] / row.Sum());
    }

    /// <summary>The examples of a batch as data.</summary>
    private sealed class OneBatch(Batch all) : ILabelledData
    {
        public int Count => all.Count;

        public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
        {
            for (var i = 0; i < indices.Length; i++)
            {
                all.Input.Slice(indices[i] * all.InputLength, all.InputLength).CopyTo(batch.Input[(i * all.InputLength)..]);
                foreach (var (task, width) in new[] { ("landmarks", 10), ("pose", 1), ("smile", 1) })
                {
                    all.Labels(task).Slice(indices[i] * width, width).CopyTo(batch.Labels(task)[(i * width)..]);
                }
            }
        }
    }

    private sealed record WrongTask() : LearningTask("wrong", 2, 1)
    {
        public override int LabelWidth => 2;

        public override HeadKind ExportKind => HeadKind.Regression;

        public override TaskScore Scored => TaskScore.Error;

        public override bool HasLabel(ReadOnlySpan<float> label) => true;

        public override double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
        {
            gradient.Fill(1);
            return output[0] * output[1];
        }

        public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label) => output[0] * output[1];
    }

    private sealed record BrokenTask() : LearningTask("landmarks", 10, 1)
    {
        public override int LabelWidth => 10;

        public override HeadKind ExportKind => HeadKind.Regression;

        public override TaskScore Scored => TaskScore.Error;

        public override bool HasLabel(ReadOnlySpan<float> label) => true;

        public override double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient) =>
            throw new InvalidDataException("out of coffee");

        public override double Score(ReadOnlySpan<float> output, ReadOnlySpan<float> label) => 0;
    }
}
