using CrossStitch.Experiments.Reports;

namespace CrossStitch.Experiments.Tests.Reports;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("plain, größe, 顔, 🙂, می‌خواهم", "plain, größe, 顔, 🙂, می‌خواهم")]
    [InlineData("\e[2J", @"\u001B[2J")]
    [InlineData("a\r\nb\nc\td", "a b c d")]
    [InlineData("\u202Eabc\u2066\u200E\u061C", @"\u202Eabc\u2066\u200E\u061C")]
    [InlineData("\u009B31m\u007F\0", @"\u009B31m\u007F\u0000")]
    [InlineData("\U000E0041", @"\U000E0041")]
    [InlineData("\uFEFF\uFFFF\u2028", @"\uFEFF\uFFFF\u2028")]
    public void What_cannot_be_seen_is_shown_as_an_escape(string text, string shown)
    {
        Assert.Equal(shown, ShownText.Of(text));
        Assert.Equal(shown, ShownText.Of(shown));
    }

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("abcd🙂fg", 6, "abcd…")]
    [InlineData("abc\eefg", 6, "abc…")]
    [InlineData("abc", 1, "…")]
    public void A_long_text_is_cut_between_characters(string text, int most, string shown) => Assert.Equal(shown, ShownText.Of(text, most));

    [Fact]
    public void Half_a_pair_is_an_escape_too() => Assert.Equal(@"\uD800x\uDC00", ShownText.Of("\uD800x\uDC00"));

    [Fact]
    public void Lines_stay_where_they_are_wanted() => Assert.Equal("a\nb\n\tc\\u000B", ShownText.Lines("a\r\nb\r\tc\v"));
}
