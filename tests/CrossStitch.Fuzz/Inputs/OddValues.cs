using CrossStitch.Kernels;

namespace CrossStitch.Fuzz.Inputs;

/// <summary>Values at which readers stumble.</summary>
internal static class OddValues
{
    private const int MostRepeats = 3000;
    private const int MostRepeated = 1 << 22;

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "2", "3", "0.5", "-1.5", "127", "128", "255", "256", "65535", "65536", "1000000", "16777217", "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1e9", "1e15", "1e38", "3.5e38", "1e308", "1e309", "-1e309", "1e-320", "1e-999", "1e99999", "0.1",
        "123456789012345678901234567890123456789012345678901234567890",
    ];

    private static readonly string[] Words = ["NaN", "Infinity", "-Infinity", "null", "true", "false", "undefined", "all", "none", "each", "0x10", "1,5", "1_000", "١٢٣", "+1", " 1 ", "1e", ".", "-", "--"];

    private static readonly string[] Texts =
    [
        "", " ", "\t", "\0", "a\0b", "\u0001", "\u007f", "\u0085", "\u001b[31mred\u001b[0m", "\u001b]0;title\u0007", "\u202egnp.exe", "\u2066x\u2069", "\u200b", "\ufeff", "\ufffd", "\u2028", "\r", "\n", "\r\n", "a\nb",
        ".", "..", "../..", "../../../tmp/x", "/", "/etc/passwd", "\\", "..\\..\\x", "C:\\x", "C:", "\\\\host\\share", "CON", "nul.txt", "a/b", "a//b", "a/./b", "~", "$HOME", "%s%n", "{0}", "{0:D9999999}", "[red]", "[/]",
        "=1+1", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "]]>", "&amp;", "'", "\"", "\"\"", "a\"b", "a,b", ",", ",,,,,,,,", ";", "#", "é", "e\u0301", "ﬁ", "İ", "ß", "🙂", "\U0001F468\u200D\U0001F469", "\U000E0001",
    ];

    private static readonly string[] JsonOnly = ["{}", "[]", "[null]", "{\"\":null}", "[[]]", "[{}]", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "NaN", "01", "1.", "'a'", "//", "{", "]", "\"\\x\"", "tru"];

    /// <summary>A number as text.</summary>
    public static string Number(SeededRandom random) => One(random, Numbers);

    /// <summary>A text; now and then a long one.</summary>
    public static string Text(SeededRandom random) => random.Next(0, 12) switch
    {
        0 => new string(One(random, ["a", "é", " ", "/", "\u0301", "9", "\u202e"])[0], 1 << random.Next(4, 18)),
        1 or 2 or 3 => One(random, Numbers),
        4 or 5 => One(random, Words),
        _ => One(random, Texts),
    };

    /// <summary>A JSON value as text; one in some is none.</summary>
    public static string Json(SeededRandom random) => random.Next(0, 10) switch
    {
        0 or 1 => "null",
        2 or 3 or 4 => One(random, Numbers),
        5 => $"\"{One(random, ["NaN", "Infinity", "-Infinity", "1", "0"])}\"",
        6 => One(random, ["true", "false"]),
        7 => One(random, JsonOnly),
        _ => System.Text.Json.JsonSerializer.Serialize(Text(random)),
    };

    /// <summary>How often to repeat something: a few times, or now and then very often, but not until it is larger than inputs are.</summary>
    /// <param name="random">Chooses.</param>
    /// <param name="length">Its length.</param>
    public static int Repeats(SeededRandom random, int length) => Math.Clamp(MostRepeated / Math.Max(1, length), 1, random.Next(1, random.NextBool(0.9) ? 20 : MostRepeats));

    /// <summary>An element of a list.</summary>
    public static T One<T>(SeededRandom random, IReadOnlyList<T> of) => of[random.Next(0, of.Count)];
}
