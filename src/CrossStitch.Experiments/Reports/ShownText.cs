using System.Globalization;
using System.Text;

namespace CrossStitch.Experiments.Reports;

/// <summary>
/// Text that may have been written by anybody, fit to be shown: what a terminal obeys, what turns the order of letters round and
/// what cannot be seen stands there as an escape such as <c>\u202E</c>, and a text without end is cut.
/// </summary>
public static class ShownText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>A text on one line: line breaks and tabs become blanks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most characters, at least 1; a text that is cut ends in an ellipsis.</param>
    public static string Of(string text, int most = 2000) => Clean(text, most, keepsLines: false);

    /// <summary>A text whose line breaks and tabs stay.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most characters, at least 1; a text that is cut ends in an ellipsis.</param>
    public static string Lines(string text, int most = int.MaxValue) => Clean(text, most, keepsLines: true);

    private static string Clean(string text, int most, bool keepsLines)
    {
        if (text.Length <= most && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var shown = new StringBuilder(Math.Min(text.Length, most));
        var place = 0;
        while (place < text.Length)
        {
            var isPair = char.IsSurrogatePair(text, place);
            var length = isPair || (text[place] == '\r' && place + 1 < text.Length && text[place + 1] == '\n') ? 2 : 1;
            var piece = text[place] is '\r' or '\n' ? keepsLines ? "\n" : " "
                : text[place] == '\t' ? keepsLines ? "\t" : " "
                : IsSeen(CharUnicodeInfo.GetUnicodeCategory(text, place), text[place]) ? text.Substring(place, length)
                : isPair ? $"\\U{char.ConvertToUtf32(text, place):X8}" : $"\\u{(int)text[place]:X4}";
            place += length;
            if (shown.Length + piece.Length > most - (place < text.Length ? 1 : 0))
            {
                return shown.Append('…').ToString();
            }

            shown.Append(piece);
        }

        return shown.ToString();
    }

    /// <summary>The joiners belong to the words of some scripts, and move nothing.</summary>
    private static bool IsSeen(UnicodeCategory category, char character) => character is ZeroWidthJoiner or ZeroWidthNonJoiner
        || category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
