namespace CrossStitch.Fuzz.Targets;

/// <summary>Characters that do something to a terminal or a page instead of being shown.</summary>
internal static class HiddenText
{
    /// <summary>Whether a text has control characters but line breaks and tabs, or such as turn its direction.</summary>
    /// <param name="text">The text.</param>
    public static bool IsIn(string text) => text.Any(letter => (char.IsControl(letter) && letter is not ('\n' or '\t')) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
