using CrossStitch.Experiments.Reports;

namespace CrossStitch.Experiments.Tests.Reports;

public class WordsTests
{
    [Theory]
    [InlineData(0.2, "under 1 s")]
    [InlineData(42, "42 s")]
    [InlineData(600, "10 min")]
    [InlineData(9000, "2.5 h")]
    public void Durations_are_said_in_the_unit_that_fits(double seconds, string text) => Assert.Equal(text, Words.Duration(seconds));
}
