using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Tests.Annotations;

public class ComposedTextTests
{
    [Theory]
    [InlineData("e\u0301.jpg", "\u00E9.jpg")]
    [InlineData("Mu\u0308ller/A\u030Angstro\u0308m", "M\u00FCller/\u00C5ngstr\u00F6m")]
    [InlineData("Vie\u0323\u0302t", "Vi\u1EC7t")]
    [InlineData("\u0438\u0306", "\u0439")]
    [InlineData("\u304B\u3099", "\u304C")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00")]
    [InlineData("q\u0301", "q\u0301")]
    [InlineData("\u0301", "\u0301")]
    [InlineData("plain.jpg", "plain.jpg")]
    [InlineData("\u00E9", "\u00E9")]
    public void Accents_go_onto_their_letters(string decomposed, string composed)
    {
        Assert.Equal(composed, ComposedText.Of(decomposed));
        Assert.Equal(composed, ComposedText.Of(composed));
    }
}
