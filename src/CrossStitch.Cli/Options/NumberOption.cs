using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace CrossStitch.Cli.Options;

/// <summary>Options that take a number: with a decimal point and without thousands separators, whatever the system's language.</summary>
internal static class NumberOption
{
    /// <summary>An option of whole numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="helpName">What the help calls its value.</param>
    /// <param name="description">What it is.</param>
    /// <param name="start">Its value if it is not given.</param>
    /// <param name="low">The least it can be.</param>
    /// <param name="high">The most it can be.</param>
    public static Option<int> Whole(string name, string helpName, string description, int start, int low, int high) =>
        Create(name, helpName, description, start, low, high, NumberStyles.AllowLeadingSign, "a whole number");

    /// <summary>An option of seeds: any whole number of 64 bits.</summary>
    public static Option<long> Seed(string name, string description, long start) =>
        Create(name, "n", description, start, long.MinValue, long.MaxValue, NumberStyles.AllowLeadingSign, "a whole number");

    /// <summary>An option of real numbers.</summary>
    public static Option<double> Real(string name, string helpName, string description, double start, double low, double high) =>
        Create(name, helpName, description, start, low, high, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), "a number");

    /// <summary>An option of whole numbers that says in its description what it is if it is not given.</summary>
    public static Option<int?> Optional(string name, string helpName, string description, int low, int high) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, name, low, high, NumberStyles.AllowLeadingSign, "a whole number"),
    };

    private static Option<T> Create<T>(string name, string helpName, string description, T start, T low, T high, NumberStyles styles, string what)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => start,
            CustomParser = result => Parse(result, name, low, high, styles, what),
        };

    private static T Parse<T>(ArgumentResult result, string name, T low, T high, NumberStyles styles, string what)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[^1].Value;
        if (string.IsNullOrWhiteSpace(text))
        {
            result.AddError($"{name} is empty; is a shell variable not set?");
        }
        else if (!T.TryParse(text, styles, CultureInfo.InvariantCulture, out var number))
        {
            result.AddError(IsDigits(text)
                ? OutOfRange(name, text, low, high, what)
                : text.Contains(',') ? $"{name} is '{text}': write {what} with a decimal point and without separators, such as {text.Replace(',', '.')}."
                : $"{name} is '{text}', which is not {what}.");
        }
        else if (!(number >= low && number <= high))
        {
            result.AddError(OutOfRange(name, text, low, high, what));
        }
        else
        {
            return number;
        }

        return default;
    }

    private static bool IsDigits(string text) => text.AsSpan().TrimStart("+-") is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9');

    private static string OutOfRange<T>(string name, string text, T low, T high, string what)
        where T : INumber<T> =>
        string.Create(CultureInfo.InvariantCulture, $"{name} is {text}; it must be {what} from {low} to {high}.");
}
