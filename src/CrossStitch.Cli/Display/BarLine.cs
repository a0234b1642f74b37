using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CrossStitch.Cli.Display;

/// <summary>Bars as lines of text, in columns that fit a width.</summary>
internal static class BarLine
{
    private const int LongestBar = 50;
    private const int ShortestBar = 10;
    private const int ShortestName = 12;
    private const int Percent = 5;
    private const int Time = 8;
    private const string Left = " left";

    private static readonly Style Done = new(Color.Yellow);
    private static readonly Style Open = new(Color.Grey);
    private static readonly Style Clock = new(Color.Blue);

    /// <summary>Lays bars out below each other: name, bar, percent, time left. What a narrow width has no room for is left out.</summary>
    /// <param name="bars">Which.</param>
    /// <param name="longest">Characters of the longest name, also of bars that are gone: columns stay where they are.</param>
    /// <param name="width">Cells that no line exceeds.</param>
    /// <param name="unicode">Whether the terminal shows more than ASCII.</param>
    public static IEnumerable<IReadOnlyList<Segment>> Of(IReadOnlyList<Bar> bars, int longest, int width, bool unicode)
    {
        var left = width >= 72 ? Left : "";
        var time = 1 + Time + left.Length;
        if (width - time - Percent - 1 - (1 + ShortestBar) < ShortestName)
        {
            (time, left) = (0, "");
        }

        var rest = width - time - Percent - 1;
        var stretch = rest - (1 + ShortestBar) >= ShortestName;
        var name = Math.Max(1, Math.Min(longest, stretch ? rest - (1 + ShortestBar) : rest));
        var length = stretch ? Math.Min(LongestBar, rest - name - 1) : 0;
        foreach (var bar in bars)
        {
            var line = new List<Segment> { new(Shorten(bar.Name, name, unicode).PadRight(name)) };
            if (length > 0)
            {
                // Thick and thin: told apart without colours, too.
                var done = (int)(bar.Share * length);
                line.Add(new Segment(" "));
                line.Add(new Segment(new string(unicode ? '━' : '#', done), Done));
                line.Add(new Segment(new string(unicode ? '─' : '-', length - done), Open));
            }

            line.Add(new Segment(string.Create(CultureInfo.InvariantCulture, $" {Math.Floor(100 * bar.Share),3:0} %")));
            if (time > 0)
            {
                var text = bar.SecondsLeft is { } seconds ? Words(seconds) : "";
                line.Add(new Segment($" {text.PadLeft(Time)}{(text.Length > 0 ? left : "")}", Clock));
            }

            yield return line;
        }
    }

    /// <summary>A time as a clock shows it.</summary>
    private static string Words(double seconds)
    {
        const double Hour = 3600;
        if (seconds >= 100 * Hour)
        {
            return seconds < 9999 * 24 * Hour ? string.Create(CultureInfo.InvariantCulture, $"{seconds / (24 * Hour):0} d") : "";
        }

        var whole = TimeSpan.FromSeconds(Math.Round(seconds));
        return whole.TotalHours < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}:{whole.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00}");
    }

    /// <summary>Cut in the middle: names begin with the network and end with the seed.</summary>
    private static string Shorten(string name, int length, bool unicode)
    {
        var gap = unicode ? "…" : "..";
        if (name.Length <= length || length <= gap.Length)
        {
            return name[..Math.Min(length, name.Length)];
        }

        var tail = (length - gap.Length) / 2;
        return $"{name[..(length - gap.Length - tail)]}{gap}{name[^tail..]}";
    }
}
