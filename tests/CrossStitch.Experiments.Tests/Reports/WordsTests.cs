using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Tests.Reports;

public class WordsTests
{
    [Theory]
    [InlineData(-0.00123, "−0.12")]
    [InlineData(0.00123, "+0.12")]
    [InlineData(-0.00001, "0.00")]
    [InlineData(0.00001, "0.00")]
    [InlineData(0, "0.00")]
    [InlineData(double.NaN, "–")]
    public void Differences_have_signs_unless_they_read_as_nothing(double value, string text) => Assert.Equal(text, ResultText.Signed(value));

    [Theory]
    [InlineData(0.2, "under 1 s")]
    [InlineData(42, "42 s")]
    [InlineData(600, "10 min")]
    [InlineData(9000, "2.5 h")]
    public void Durations_are_said_in_the_unit_that_fits(double seconds, string text) => Assert.Equal(text, Words.Duration(seconds));
}
