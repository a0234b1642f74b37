using CrossStitch.Experiments.Reports.Figures;

namespace CrossStitch.Experiments.Tests.Reports;

public class TicksTests
{
    [Fact]
    public void Linear_ticks_are_round_numbers_with_a_real_minus() =>
        Assert.Equal(["−0.4", "−0.2", "0", "0.2"], LinearTicks.Between(-0.45, 0.31, 6, "0.##").Select(tick => tick.Name));

    [Fact]
    public void A_tick_stands_where_its_number_is() =>
        Assert.Equal([(1, "1"), (2, "2")], LinearTicks.Between(1, 2.04, 6, "#,0"));

    [Fact]
    public void Thousands_on_an_axis_have_commas() =>
        Assert.Equal(["0", "1,000", "2,000"], LinearTicks.Between(0, 2500, 4, "#,0.##").Select(tick => tick.Name));

    [Fact]
    public void Logarithmic_ticks_are_round_and_not_crowded()
    {
        var ticks = LogTicks.Between(Math.Log10(0.0078), Math.Log10(0.035));

        Assert.Equal(["0.008", "0.01", "0.02", "0.03"], ticks.Select(tick => tick.Name));
        Assert.Equal(-2, ticks[1].At, 12);
    }

    [Fact]
    public void An_axis_of_a_small_span_has_ticks_too() =>
        Assert.True(LogTicks.Between(Math.Log10(0.600), Math.Log10(0.601)).Count < 10);

    [Fact]
    public void Any_span_has_two_ticks_and_no_more_than_there_is_room_for() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.Double[-1000, 1000], CsCheck.Gen.Double[0.001, 1000]),
        (low, width) =>
        {
            var ticks = LinearTicks.Between(low, low + width, 6, "R");
            return ticks.Count is >= 2 and <= 6 && ticks.All(tick => tick.At >= low - 1e-9 && tick.At <= low + width + 1e-9);
        });
}
