using CrossStitch.Kernels.Heads;

namespace CrossStitch.Kernels.Tests.Heads;

/// <summary>Two towers of 19 features; numbers to learn on the first, classes on the second, not all examples labelled.</summary>
public sealed unsafe class HeadLossesTests
{
    private const int Features = 19;
    private const int Batch = 7;
    private static readonly HeadTask[] Tasks =
        [new(0, 3, 3, new SquaredError(), 1), new(1, 4, 1, new CrossEntropy(), 0.3), new(0, 2, 1, new CrossEntropy(), 0.7)];

    private readonly float[] _features = Draw(1, 2 * Batch * Features);
    private readonly float[][] _parameters = [.. Tasks.SelectMany((task, t) => new[] { Draw(10 + t, task.Outputs * Features), Draw(20 + t, task.Outputs) })];
    private readonly float[] _numbers = [.. Draw(30, Batch * 3).Select((value, i) => i is 4 or 19 ? float.NaN : value)];
    private readonly float[] _classes = [0, 3, -1, 2, 1, 1, -1];
    private readonly float[] _pairs = [-1, 1, 0, 0, -1, 1, 1];

    [Fact]
    public void Losses_are_the_mean_over_labelled_examples()
    {
        var (losses, _, _) = Run();
        double[][] Outputs(int head) => [.. Enumerable.Range(0, Batch).Select(i => Enumerable.Range(0, Tasks[head].Outputs).Select(o =>
            Enumerable.Range(0, Features).Sum(f => (double)_features[(((Tasks[head].Tower * Batch) + i) * Features) + f] * _parameters[2 * head][(o * Features) + f])
            + _parameters[(2 * head) + 1][o]).ToArray())];
        static double LossOf(double[] logits, float label) => Math.Log(logits.Sum(Math.Exp)) - logits[(int)label];

        // Examples 1 and 6 lack a number.
        Assert.Equal(new[] { 0, 2, 3, 4, 5 }.Average(i => Outputs(0)[i].Select((value, o) => (value - _numbers[(i * 3) + o]) * (value - _numbers[(i * 3) + o])).Sum()), losses[0], 1e-5);
        Assert.Equal(new[] { 0, 1, 3, 4, 5 }.Average(i => LossOf(Outputs(1)[i], _classes[i])), losses[1], 1e-5);
        Assert.Equal(new[] { 1, 2, 3, 5, 6 }.Average(i => LossOf(Outputs(2)[i], _pairs[i])), losses[2], 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gradients_of_the_joint_loss_match_finite_differences(int workers)
    {
        const float H = 1e-2f;
        var (_, byFeatures, byParameters) = Run(workers);
        double Slope(float[] numbers, int i)
        {
            var before = numbers[i];
            numbers[i] = before + H;
            var above = Joint(Run(workers).Losses);
            numbers[i] = before - H;
            var below = Joint(Run(workers).Losses);
            numbers[i] = before;
            return (above - below) / (2 * H);
        }

        Assert.All(Enumerable.Range(0, _features.Length).Where(i => i % 11 == 0), i => Assert.Equal(Slope(_features, i), byFeatures[i], 2e-4));
        Assert.All(Enumerable.Range(0, _parameters.Length), p =>
            Assert.All(Enumerable.Range(0, _parameters[p].Length).Where(i => i % 5 == 0), i => Assert.Equal(Slope(_parameters[p], i), byParameters[p][i], 2e-4)));
    }

    [Fact]
    public void A_number_that_is_none_makes_the_loss_none()
    {
        _features[3] = float.NaN;
        Assert.True(double.IsNaN(Run().Losses[0]));
        Assert.False(double.IsNaN(Run().Losses[1]));
    }

    [Fact]
    public void Without_any_label_a_loss_is_nothing_and_teaches_nothing()
    {
        Array.Fill(_classes, -1);
        var (losses, _, byParameters) = Run();
        Assert.Equal(0, losses[1]);
        Assert.All(byParameters[2].Concat(byParameters[3]), slope => Assert.Equal(0, slope));
        Assert.NotEqual(0, losses[2]);
    }

    private static double Joint(double[] losses) => losses.Zip(Tasks, (loss, task) => loss * task.Weight).Sum();

    private static float[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    /// <summary>Every worker takes some of the examples.</summary>
    private (double[] Losses, float[] ByFeatures, float[][] ByParameters) Run(int workers = 2)
    {
        using var heads = new HeadLosses(Features, towers: 2, Tasks, workers);
        var byFeatures = new float[_features.Length];
        var gradients = _parameters.Select(parameter => new float[parameter.Length]).ToArray();
        using var pins = new Pins();
        float** parameters = stackalloc float*[_parameters.Length], ofParameters = stackalloc float*[_parameters.Length];
        for (var p = 0; p < _parameters.Length; p++)
        {
            parameters[p] = (float*)pins.Pin(_parameters[p]);
            ofParameters[p] = (float*)pins.Pin(gradients[p]);
        }

        float** labels = stackalloc float*[3];
        labels[0] = (float*)pins.Pin(_numbers);
        labels[1] = (float*)pins.Pin(_classes);
        labels[2] = (float*)pins.Pin(_pairs);
        heads.Begin(Batch, parameters, labels);
        for (var worker = 0; worker < workers; worker++)
        {
            var (first, end) = (Batch * worker / workers, Batch * (worker + 1) / workers);
            var size = (end - first) * Features;
            float[] Towers(float[] all) => [.. all.AsSpan(first * Features, size), .. all.AsSpan((Batch + first) * Features, size)];
            var (some, ofSome) = (Towers(_features), new float[2 * size]);
            fixed (float* from = some, to = ofSome)
            {
                heads.Run(worker, first, end - first, from, to);
            }

            ofSome.AsSpan(0, size).CopyTo(byFeatures.AsSpan(first * Features));
            ofSome.AsSpan(size).CopyTo(byFeatures.AsSpan((Batch + first) * Features));
        }

        heads.Collect(ofParameters);
        return (heads.Losses.ToArray(), byFeatures, gradients);
    }

    /// <summary>‖y − f‖², without a label where a number is not finite.</summary>
    private sealed class SquaredError : IHeadLoss
    {
        public bool HasLabel(ReadOnlySpan<float> label) => !label.ContainsAnyExceptInRange(float.MinValue, float.MaxValue);

        public double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
        {
            var sum = 0.0;
            for (var i = 0; i < output.Length; i++)
            {
                gradient[i] = 2 * (output[i] - label[i]);
                sum += Math.Pow(output[i] - label[i], 2);
            }

            return sum;
        }
    }

    /// <summary>The cross-entropy of a softmax; −1 is no label.</summary>
    private sealed class CrossEntropy : IHeadLoss
    {
        public bool HasLabel(ReadOnlySpan<float> label) => label[0] != -1;

        public double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient)
        {
            var sum = 0.0;
            foreach (var logit in output)
            {
                sum += Math.Exp(logit);
            }

            for (var i = 0; i < output.Length; i++)
            {
                gradient[i] = (float)(Math.Exp(output[i]) / sum);
            }

            gradient[(int)label[0]] -= 1;
            return Math.Log(sum) - output[(int)label[0]];
        }
    }
}
