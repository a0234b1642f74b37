using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Tests.Statistics;

public sealed class PairedTestTests
{
    // Student (1908), extra hours of sleep of ten patients under two drugs: R's data set "sleep".
    private static readonly double[] FirstDrug = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] SecondDrug = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void With_one_seed_it_is_the_paired_t_over_faces()
    {
        // R: t.test(sleep$extra[1:10], sleep$extra[11:20], paired = TRUE)
        // t = -4.0621, df = 9, p-value = 0.002833, mean of the differences -1.58
        var test = PairedTest.Of(PairedDifferences.Between([FirstDrug], [SecondDrug]));
        Assert.Equal(-1.58, test.Difference, 12);
        Assert.Equal(-4.0621, test.Statistic, 4);
        Assert.Equal(9, test.DegreesOfFreedom, 9);
        Assert.Equal(0.002833, test.PValue, 6);
    }

    [Fact]
    public void Where_all_faces_agree_it_is_the_paired_t_over_seeds()
    {
        // The patients as seeds, two faces alike.
        double[][] AsSeeds(double[] values) => [.. values.Select(value => new[] { value, value })];
        var test = PairedTest.Of(PairedDifferences.Between(AsSeeds(FirstDrug), AsSeeds(SecondDrug)));
        Assert.Equal(-4.0621, test.Statistic, 4);
        Assert.Equal(9, test.DegreesOfFreedom, 6);
        Assert.Equal(0.002833, test.PValue, 6);
    }

    [Fact]
    public void With_seeds_and_faces_it_is_Clarks_min_F()
    {
        double[][] differences = [[1, 2, 4, 5], [0, 2, 2, 4], [3, 3, 6, 5]];
        var test = PairedTest.Of(PairedDifferences.Between(differences, Zeros(3, 4)));

        // By hand: seed means 3, 2, 4.25 and face means 4/3, 7/3, 4, 14/3 about 37/12. Clark (1973):
        // min F' = F1 F2 / (F1 + F2) with (F1 + F2)² / (F1²/n2 + F2²/n1) degrees of freedom, where F1 = t1² has n1 and F2 = t2² has n2.
        var mean = 37 / 12.0;
        var bySeeds = mean * mean / (SumOfSquares([3, 2, 4.25], mean) / 2 / 3);
        var byFaces = mean * mean / (SumOfSquares([4 / 3.0, 7 / 3.0, 4, 14 / 3.0], mean) / 3 / 4);
        Assert.Equal(bySeeds * byFaces / (bySeeds + byFaces), test.Statistic * test.Statistic, 9);
        Assert.Equal(
            (bySeeds + byFaces) * (bySeeds + byFaces) / ((bySeeds * bySeeds / 3) + (byFaces * byFaces / 2)), test.DegreesOfFreedom, 9);
    }

    [Fact]
    public void The_same_errors_are_no_difference()
    {
        var test = PairedTest.Of(PairedDifferences.Between([FirstDrug, SecondDrug], [FirstDrug, SecondDrug]));
        Assert.Equal((0, 0, 1), (test.Difference, test.Statistic, test.PValue));
    }

    [Fact]
    public void Errors_that_are_not_paired_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairedDifferences.Between(Zeros(2, 4), Zeros(3, 4)));
        Assert.Throws<ArgumentException>(() => PairedDifferences.Between(Zeros(2, 4), Zeros(2, 5)));
        Assert.Throws<ArgumentException>(() => PairedDifferences.Between([], []));
        Assert.Throws<ArgumentException>(() => PairedDifferences.Between(Zeros(2, 1), Zeros(2, 1)));
    }

    private static double[][] Zeros(int seeds, int faces) => [.. Enumerable.Range(0, seeds).Select(_ => new double[faces])];

    private static double SumOfSquares(double[] values, double mean) => values.Sum(value => (value - mean) * (value - mean));
}
