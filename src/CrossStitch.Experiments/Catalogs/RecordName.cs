using System.Text.RegularExpressions;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>Names that become names of files and folders, or of places in a page: those of variants, runs, questions and figures.</summary>
internal static partial class RecordName
{
    /// <summary>The most characters; what is added to it still gives a file's name.</summary>
    public const int Most = 160;

    /// <summary>What a name is, for messages.</summary>
    public const string Rule = "letters a to z, digits and the marks - _ . + @ = and comma, beginning with a letter or digit, at most 160 of them";

    /// <summary>Whether a text is one.</summary>
    /// <param name="text">The text.</param>
    public static bool Is(string text) => text.Length <= Most && Pattern().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+@=,-]*\z")]
    private static partial Regex Pattern();
}
