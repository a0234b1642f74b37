using CrossStitch.Experiments.Statistics;
using CsCheck;

namespace CrossStitch.Experiments.Tests.Statistics;

public sealed class HolmCorrectionTests
{
    [Fact]
    public void It_gives_what_R_gives()
    {
        // R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm")
        Assert.Equal([0.05, 0.08, 0.09, 0.09, 0.09], HolmCorrection.Adjust([0.01, 0.02, 0.03, 0.04, 0.05]).Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void Order_does_not_matter_and_1_is_the_most()
    {
        // R: p.adjust(c(0.5, 0.001, 0.9, 0.02), "holm")
        Assert.Equal([1, 0.004, 1, 0.06], HolmCorrection.Adjust([0.5, 0.001, 0.9, 0.02]).Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void A_single_test_is_left_as_it_is() => Assert.Equal([0.03], HolmCorrection.Adjust([0.03]));

    [Fact]
    public void Adjusted_values_keep_the_order_and_are_never_less() => Gen.Double[0, 1].Array[0, 30].Sample(values =>
    {
        var adjusted = HolmCorrection.Adjust(values);
        Assert.All(values.Zip(adjusted), pair => Assert.InRange(pair.Second, pair.First, 1));
        var sorted = values.Zip(adjusted).OrderBy(pair => pair.First).Select(pair => pair.Second).ToList();
        Assert.Equal(sorted.Order(), sorted);
    });
}
