namespace CrossStitch.Faces;

/// <summary>A stranger's text, fit for an error message: quoted, short, without control characters.</summary>
internal static class QuotedText
{
    private const int LongestShown = 80;

    /// <summary>Quotes a text.</summary>
    /// <param name="text">The text: a name or a field of a file.</param>
    public static string Of(ReadOnlySpan<char> text)
    {
        var shown = text.Length <= LongestShown ? text.ToString() : $"{text[..LongestShown]}…";
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}'";
    }
}
