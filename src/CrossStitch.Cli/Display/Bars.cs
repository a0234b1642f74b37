using CrossStitch.Experiments.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CrossStitch.Cli.Display;

/// <summary>
/// Bars in the last lines of a terminal, drawn again and again where they are, with lines of text above them that stay. Where
/// there is no terminal, only the lines. Our own, for Spectre's leave rubbish where a line above them is broken, push the
/// first bar out where there are many, and clear the terminal's whole history when it is made narrower.
/// </summary>
internal sealed class Bars : IDisposable
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const string EraseBelow = "\e[J";

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<Bar> _bars = [];
    private readonly ITimer? _timer;
    private IReadOnlyList<int> _drawn = [];
    private int _longest;
    private bool _ended;

    /// <summary>Begins to show bars.</summary>
    /// <param name="console">Where.</param>
    /// <param name="clock">Says when to draw and how long things take; the system's if null.</param>
    public Bars(IAnsiConsole console, TimeProvider? clock = null)
    {
        _console = console;
        _clock = clock ?? TimeProvider.System;
        if (console.Profile.Capabilities is { Interactive: true, Ansi: true })
        {
            _timer = _clock.CreateTimer(_ => Refresh(), null, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200));
        }
    }

    /// <summary>Adds a bar below the others. Where there is no room for all, it is the last ones that are not shown.</summary>
    /// <param name="name">What it shows.</param>
    public Bar Add(string name)
    {
        var bar = new Bar(OneLine(name), _clock);
        lock (_lock)
        {
            _bars.Add(bar);
        }

        return bar;
    }

    /// <summary>Takes a bar away.</summary>
    /// <param name="bar">Which.</param>
    public void Remove(Bar bar)
    {
        lock (_lock)
        {
            _bars.Remove(bar);
        }
    }

    /// <summary>Writes a line of text that stays: broken to the width of a terminal above the bars, never broken elsewhere.</summary>
    /// <param name="text">The line.</param>
    /// <param name="style">How it looks in a terminal.</param>
    public void Write(string text, Style style)
    {
        lock (_lock)
        {
            UnlessGone(() =>
            {
                if (_timer is null)
                {
                    _console.Profile.Out.Writer.WriteLine(OneLine(text));
                }
                else
                {
                    Draw([.. Lines(new Text(OneLine(text), style))]);
                }
            });
        }
    }

    /// <summary>Takes the bars away; the lines stay.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_timer is null || _ended)
            {
                return;
            }

            _timer.Dispose();
            _bars.Clear();
            UnlessGone(() =>
            {
                Draw([]);
                _console.Write(new Drawing([Segment.Control(ShowCursor)]));
            });
            _ended = true;
        }
    }

    /// <summary>Draws the bars as they are now.</summary>
    internal void Refresh()
    {
        lock (_lock)
        {
            UnlessGone(() => Draw([]));
        }
    }

    /// <summary>Whoever watches may go, or fill the disk with what we say: no reason to end a night's training.</summary>
    private void UnlessGone(Action draw)
    {
        if (_ended)
        {
            return;
        }

        try
        {
            draw();
        }
        catch (IOException)
        {
            _ended = true;
        }
    }

    /// <summary>A text without what would move the cursor.</summary>
    private static string OneLine(string text) => ShownText.Of(text);

    private void Draw(IReadOnlyList<IReadOnlyList<Segment>> above)
    {
        var bars = BarRows();
        var drawing = new List<Segment> { Segment.Control(Erase()) };
        foreach (var line in above)
        {
            drawing.AddRange(line);
            drawing.Add(Segment.LineBreak);
        }

        for (var i = 0; i < bars.Count; i++)
        {
            drawing.AddRange(bars[i]);
            if (i < bars.Count - 1)
            {
                drawing.Add(Segment.LineBreak);
            }
        }

        _drawn = [.. bars.Select(Segment.CellCount)];
        _console.Write(new Drawing(drawing));
    }

    /// <summary>To where the bars begin, also in a terminal that was made narrower and has broken them since.</summary>
    private string Erase()
    {
        var width = Math.Max(1, _console.Profile.Width);
        var rows = _drawn.Sum(cells => Math.Max(1, (cells + width - 1) / width));
        return rows > 1 ? $"{HideCursor}\r\e[{rows - 1}A{EraseBelow}" : $"{HideCursor}\r{EraseBelow}";
    }

    private List<IReadOnlyList<Segment>> BarRows()
    {
        if (_bars.Count == 0)
        {
            return [];
        }

        var room = Math.Max(2, _console.Profile.Height - 2);
        var shown = _bars.Count <= room ? _bars : _bars[..(room - 1)];
        _longest = Math.Max(_longest, shown.Max(bar => bar.Name.Length));

        // Room at the end for the ^C of who stops it, which would move the cursor to another line.
        var rows = BarLine.Of(shown, _longest, Math.Max(10, _console.Profile.Width - 3), _console.Profile.Capabilities.Unicode).ToList();
        if (shown.Count < _bars.Count)
        {
            rows.Add([new Segment($"and {_bars.Count - shown.Count} more")]);
        }

        return rows;
    }

    private IEnumerable<IReadOnlyList<Segment>> Lines(IRenderable text) =>
        Segment.SplitLines(text.Render(RenderOptions.Create(_console), Math.Max(10, _console.Profile.Width - 1)));

    /// <summary>Segments as they are, in one write.</summary>
    private sealed class Drawing(IReadOnlyList<Segment> segments) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
    }
}
