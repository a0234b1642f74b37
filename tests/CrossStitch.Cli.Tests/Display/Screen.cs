using System.Globalization;
using System.Text.RegularExpressions;

namespace CrossStitch.Cli.Tests.Display;

/// <summary>What a terminal shows after it was sent some text: lines that are too long are broken, as terminals do.</summary>
internal sealed partial class Screen
{
    private readonly int _width;
    private readonly List<char[]> _lines = [];
    private int _row;
    private int _column;

    public Screen(int width, string sent)
    {
        _width = width;
        var rest = sent.AsSpan();
        while (rest.Length > 0)
        {
            if (Escape().Match(rest.ToString()) is { Success: true } escape)
            {
                Obey(escape.Groups[2].Value, escape.Groups[1].Value);
                rest = rest[escape.Length..];
            }
            else
            {
                Put(rest[0]);
                rest = rest[1..];
            }
        }
    }

    /// <summary>How often text ran over the end of a line.</summary>
    public int Broken { get; private set; }

    public IReadOnlyList<string> Lines => [.. _lines.Select(line => new string(line).TrimEnd())];

    private void Put(char character)
    {
        switch (character)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                (_row, _column) = (_row + 1, 0);
                break;
            default:
                if (_column == _width)
                {
                    (_row, _column) = (_row + 1, 0);
                    Broken++;
                }

                Line(_row)[_column++] = character;
                break;
        }
    }

    private void Obey(string command, string argument)
    {
        if (command == "A")
        {
            _row = Math.Max(0, _row - int.Parse(argument, CultureInfo.InvariantCulture));
        }
        else if (command == "J")
        {
            _lines.RemoveRange(Math.Min(_row + 1, _lines.Count), Math.Max(0, _lines.Count - _row - 1));
            Line(_row).AsSpan(Math.Min(_column, _width - 1)).Fill(' ');
        }
    }

    private char[] Line(int row)
    {
        while (_lines.Count <= row)
        {
            var line = new char[_width];
            line.AsSpan().Fill(' ');
            _lines.Add(line);
        }

        return _lines[row];
    }

    [GeneratedRegex(@"^\e\[([?0-9;]*)([A-Za-z])")]
    private static partial Regex Escape();
}
