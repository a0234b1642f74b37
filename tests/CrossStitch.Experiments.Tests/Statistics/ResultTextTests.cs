using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Tests.Statistics;

public class ResultTextTests
{
    private static readonly Measure Percent = new("error", "error", "task", _ => 0) { Factor = 100 };

    [Theory]
    [InlineData(-0.00123, "−0.12")]
    [InlineData(0.00123, "+0.12")]
    [InlineData(-0.00001, "−0.001")]
    [InlineData(0.00001, "+0.001")]
    [InlineData(0, "0.00")]
    [InlineData(double.NaN, "–")]
    [InlineData(-12.345678, "−1,234.57")]
    public void Differences_have_signs_unless_they_read_as_nothing(double value, string text) => Assert.Equal(text, ResultText.Signed(value, Percent));

    [Theory]
    [InlineData(0.0004, "< 0.001")]
    [InlineData(0, "< 0.001")]
    [InlineData(0.0123, "0.012")]
    [InlineData(1, "1.000")]
    [InlineData(double.NaN, "–")]
    public void A_p_value_is_never_written_as_nothing(double p, string text) => Assert.Equal(text, ResultText.P(p));

    [Theory]
    [InlineData(Verdict.Better, "better")]
    [InlineData(Verdict.Worse, "worse")]
    [InlineData(Verdict.NotDistinguishable, "no difference seen")]
    [InlineData(Verdict.OneSeed, "one seed")]
    public void A_verdict_is_said_in_plain_words(Verdict verdict, string text) => Assert.Equal(text, ResultText.Of(verdict));

    [Fact]
    public void Thousands_have_commas() => Assert.Equal(("1,000", "2,995 faces", "1 face"), (ResultText.Count(1000), ResultText.Plural(2995, "face"), ResultText.Plural(1, "face")));
}
