namespace CrossStitch.Kernels.Tests;

public class SeededRandomTests
{
    [Fact]
    public void The_numbers_of_a_stream_never_change()
    {
        // Written down once; a change here changes every drawn face and every training run.
        var random = new SeededRandom(1, 2, 3);

        Assert.Equal([3012254355953410100UL, 11318708875389627206UL, 9306330615785781508UL], [random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void Other_keys_or_another_order_are_another_stream()
    {
        ulong[] firsts =
        [
            new SeededRandom().NextBits(), new SeededRandom(0).NextBits(), new SeededRandom(0, 0).NextBits(),
            new SeededRandom(1, 2).NextBits(), new SeededRandom(2, 1).NextBits(), new SeededRandom(3).NextBits(),
        ];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void Neighbouring_streams_are_unrelated()
    {
        var firsts = Enumerable.Range(0, 10_000).Select(i => new SeededRandom(7, (ulong)i).NextDouble()).ToArray();
        var products = firsts.Zip(firsts.Skip(1), (a, b) => (a - 0.5) * (b - 0.5)).Average();

        Assert.Equal(0.5, firsts.Average(), 0.01);
        Assert.Equal(0, products * 12, 0.04);
    }

    [Fact]
    public void Gaussian_numbers_have_mean_0_and_variance_1()
    {
        var random = new SeededRandom(5);
        var numbers = Enumerable.Range(0, 100_000).Select(_ => random.NextGaussian()).ToArray();

        Assert.Equal(0, numbers.Average(), 0.02);
        Assert.Equal(1, numbers.Average(number => number * number), 0.02);
        Assert.Equal(0.3173, numbers.Average(number => Math.Abs(number) > 1 ? 1.0 : 0), 0.01);
    }

    [Fact]
    public void Whole_numbers_are_evenly_spread_and_keep_to_their_range()
    {
        var random = new SeededRandom(11);
        var counts = Enumerable.Range(0, 70_000).Select(_ => random.Next(-3, 4)).CountBy(number => number).ToDictionary();

        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 9_600, 10_400));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(2, 2));
        Assert.InRange(random.Next(int.MinValue, int.MaxValue), int.MinValue, int.MaxValue - 1);
    }
}
