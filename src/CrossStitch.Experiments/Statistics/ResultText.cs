using System.Globalization;
using CrossStitch.Experiments.Scores;

namespace CrossStitch.Experiments.Statistics;

/// <summary>
/// Numbers, differences, p and verdicts as people read them: the same in the terminal, in the report and in sentences, and
/// the same in every culture.
/// </summary>
public static class ResultText
{
    /// <summary>Digits after the point up to which a difference is looked for that fewer digits do not show.</summary>
    private const int MostDigits = 4;

    /// <summary>A verdict in a table.</summary>
    /// <param name="verdict">Which.</param>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Better => "better",
        Verdict.Worse => "worse",
        Verdict.OneSeed => "one seed",
        _ => "no difference seen",
    };

    /// <summary>A p value with three digits; "&lt; 0.001" below that, a dash where there is none.</summary>
    /// <param name="p">The value, 0 to 1.</param>
    public static string P(double p) => p < 0.001 ? "< 0.001" : Number(p, 3);

    /// <summary>The difference from the baseline as it is read, with its sign.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Difference(PairedComparison comparison) => Signed(comparison.Difference, comparison.Measure);

    /// <summary>The 95 % interval of the difference, in the same unit: "−0.27 to −0.03".</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Interval(PairedComparison comparison) =>
        $"{Signed(comparison.Interval.Low, comparison.Measure)} to {Signed(comparison.Interval.High, comparison.Measure)}";

    /// <summary>An amount of a measure as it is read, without its unit; a dash for none.</summary>
    /// <param name="value">The amount.</param>
    /// <param name="measure">Of which measure.</param>
    public static string Amount(double value, Measure measure) => Number(measure.Factor * value, measure.Digits);

    /// <summary>The same with its unit.</summary>
    /// <param name="value">The amount.</param>
    /// <param name="measure">Of which measure.</param>
    public static string AmountWithUnit(double value, Measure measure) => $"{Amount(value, measure)} {measure.Unit}".TrimEnd();

    /// <summary>A difference of a measure as it is read, with its sign unless it reads as 0.</summary>
    /// <param name="value">The difference.</param>
    /// <param name="measure">Of which measure.</param>
    public static string Signed(double value, Measure measure) => WithSign(measure.Factor * value, measure.Digits);

    /// <summary>A share (0..1) in %, without the % sign.</summary>
    /// <param name="value">The share.</param>
    /// <param name="digits">Digits after the point.</param>
    public static string Percent(double value, int digits = 2) => Number(100 * value, digits);

    private static string WithSign(double value, int digits)
    {
        var text = Number(value, digits);
        for (var more = digits + 1; value != 0 && !IsSeen(text) && more <= MostDigits; more++)
        {
            text = Number(value, more);
        }

        return value > 0 && IsSeen(text) ? "+" + text : text;
    }

    /// <summary>A number with a real minus and commas between thousands; a dash for none.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">Digits after the point.</param>
    public static string Number(double value, int digits = 2)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        var text = value.ToString("N" + digits, CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? (IsSeen(text) ? "−" : "") + text[1..] : text;
    }

    /// <summary>A whole number with commas between thousands.</summary>
    /// <param name="value">The number.</param>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A noun with its number.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">Of one.</param>
    public static string Plural(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static bool IsSeen(string number) => number.Any(character => character is >= '1' and <= '9');
}
