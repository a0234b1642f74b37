using CrossStitch.Experiments.Statistics;
using CrossStitch.Kernels;
using CsCheck;

namespace CrossStitch.Experiments.Tests.Statistics;

public sealed class PairedBootstrapTests
{
    private static readonly Gen<(double[][] Network, double[][] Baseline)> Tables =
        from seeds in Gen.Int[1, 5]
        from faces in Gen.Int[2, 30]
        let table = Gen.Int[0, 200].Select(error => error / 1024.0).Array[faces].Array[seeds]
        from network in table
        from baseline in table
        select (network, baseline);

    [Fact]
    public void Many_faces_and_one_seed_give_the_interval_of_the_normal_law()
    {
        // Half the faces differ by 1, half by −1: the mean of 400 drawn is normal with deviation 1/√400, to within 0.2 %.
        var differences = Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1.0 : -1.0).ToArray();
        var interval = PairedBootstrap.Interval95(PairedDifferences.Between([differences], [new double[400]]), 1, 20_000);
        Assert.Equal(-1.96 / 20, interval.Low, 0.003);
        Assert.Equal(1.96 / 20, interval.High, 0.003);
    }

    [Fact]
    public void Where_all_faces_agree_it_is_Students_interval_over_seeds()
    {
        // R: t.test(sleep$extra[11:20] - sleep$extra[1:10]) has the 95 % interval 0.7001142 to 2.4598858 (the patients as seeds).
        double[] differences = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
        var interval = PairedBootstrap.Interval95(
            PairedDifferences.Between([.. differences.Select(value => new[] { value, value })], [.. differences.Select(_ => new double[2])]), 1, 50_000);
        Assert.Equal(0.7001, interval.Low, 0.02);
        Assert.Equal(2.4599, interval.High, 0.02);
    }

    [Fact]
    public void A_skewed_sample_has_a_skewed_interval()
    {
        var differences = Enumerable.Range(0, 40).Select(i => i == 0 ? 10.0 : 0).ToArray();
        var interval = PairedBootstrap.Interval95(PairedDifferences.Between([differences], [new double[40]]), 1);
        Assert.True(interval.High - 0.25 > 1.5 * (0.25 - interval.Low), $"{interval}");
    }

    [Theory]
    [InlineData(3, 1, 5, 5)]
    [InlineData(5, 1, 5, 5)]
    [InlineData(10, 1, 5, 5)]
    [InlineData(3, 1, 0, 1)]
    [InlineData(5, 1, 10, 20)]
    public void The_interval_holds_the_truth_19_times_in_20_or_more(int seeds, double ofSeeds, double ofFaces, double ofBoth)
    {
        const int Studies = 1500;
        const int Faces = 60;
        var (covered, found) = (0, 0);
        for (var study = 0; study < Studies; study++)
        {
            var differences = PairedDifferences.Between(
                Drawn(new SeededRandom(7, (ulong)study), seeds, Faces, ofSeeds, ofFaces, ofBoth), [.. Enumerable.Range(0, seeds).Select(_ => new double[Faces])]);
            var interval = PairedBootstrap.Interval95(differences, study, 400);
            covered += interval.Low <= 0 && interval.High >= 0 ? 1 : 0;
            found += PairedTest.Of(differences).PValue < PairedTest.Level ? 1 : 0;
        }

        // More than 95 % where what seeds and faces do together is the most of it; chance moves 1,500 studies by 0.6 %.
        Assert.InRange(covered / (double)Studies, 0.935, 0.997);
        Assert.InRange(found / (double)Studies, 0.005, 0.08);
    }

    [Fact]
    public void Swapping_the_two_mirrors_everything() => Tables.Sample(
        tables =>
        {
            var there = PairedDifferences.Between(tables.Network, tables.Baseline);
            var back = PairedDifferences.Between(tables.Baseline, tables.Network);
            var (one, other) = (PairedBootstrap.Interval95(there, 1, 200), PairedBootstrap.Interval95(back, 1, 200));
            Assert.Equal(there.Mean, -back.Mean, 1e-9);
            Assert.Equal(one.Low, -other.High, 1e-9);
            Assert.Equal(one.High, -other.Low, 1e-9);
            Assert.Equal(PairedTest.Of(there).PValue, PairedTest.Of(back).PValue, 1e-9);
        },
        iter: 100);

    [Fact]
    public void What_is_added_to_both_changes_nothing() => Tables.Sample(
        tables =>
        {
            double[][] More(double[][] table) => [.. table.Select(row => Array.ConvertAll(row, error => error + 0.125))];
            var plain = PairedDifferences.Between(tables.Network, tables.Baseline);
            var more = PairedDifferences.Between(More(tables.Network), More(tables.Baseline));
            var (one, other) = (PairedBootstrap.Interval95(plain, 1, 200), PairedBootstrap.Interval95(more, 1, 200));
            Assert.Equal(plain.Mean, more.Mean, 1e-9);
            Assert.Equal(one.Low, other.Low, 1e-9);
            Assert.Equal(one.High, other.High, 1e-9);
            Assert.Equal(PairedTest.Of(plain).PValue, PairedTest.Of(more).PValue, 1e-6);
        },
        iter: 100);

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_one_nearly()
    {
        var differences = PairedDifferences.Between(Drawn(new SeededRandom(1), 3, 200, 1, 5, 5), [new double[200], new double[200], new double[200]]);
        Assert.Equal(PairedBootstrap.Interval95(differences, 1), PairedBootstrap.Interval95(differences, 1));
        var (one, other) = (PairedBootstrap.Interval95(differences, 1), PairedBootstrap.Interval95(differences, 2));
        Assert.NotEqual(one, other);
        Assert.Equal(one.Low, other.Low, 0.05 * (one.High - one.Low));
    }

    private static double[][] Drawn(SeededRandom random, int seeds, int faces, double ofSeeds, double ofFaces, double ofBoth)
    {
        var seedParts = Enumerable.Range(0, seeds).Select(_ => ofSeeds * random.NextGaussian()).ToArray();
        var faceParts = Enumerable.Range(0, faces).Select(_ => ofFaces * random.NextGaussian()).ToArray();
        return [.. seedParts.Select(seed => faceParts.Select(face => seed + face + (ofBoth * random.NextGaussian())).ToArray())];
    }
}
