namespace CrossStitch.Kernels.Tests;

public sealed unsafe class AdamKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Steps_are_those_of_the_paper(int count)
    {
        var random = new Random(count);
        double[] expected = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        var (means, squares) = (new double[count], new double[count]);
        float[] actual = [.. expected.Select(value => (float)value)];
        var (mean, square) = (new float[count], new float[count]);
        for (var t = 1; t <= 20; t++)
        {
            float[] gradient = [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.3))];
            for (var i = 0; i < count; i++)
            {
                // Algorithm 1 of Kingma and Ba, with the gradient halved and decay of 0.1 added to it.
                var g = (0.5 * gradient[i]) + (0.1 * expected[i]);
                means[i] = (0.9 * means[i]) + (0.1 * g);
                squares[i] = (0.999 * squares[i]) + (0.001 * g * g);
                expected[i] -= 0.01 * (means[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(squares[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }

            fixed (float* p = actual, g = gradient, m = mean, v = square)
            {
                AdamKernel.Step(p, g, m, v, count, new AdamStep(t, LearningRate: 0.01, WeightDecay: 0.1, GradientScale: 0.5));
            }
        }

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1000)]
    public void The_norm_is_that_of_all_numbers(int count)
    {
        var random = new Random(1);
        float[] gradient = [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        fixed (float* g = gradient)
        {
            Assert.Equal(gradient.Sum(value => (double)value * value), AdamKernel.SquaredNorm(g, count), 1e-4);
        }
    }
}
