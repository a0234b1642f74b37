using System.Text;

namespace CrossStitch.Benchmarks.Reports;

/// <summary>A table that reads well on a console and is one in Markdown. Columns after the first ones are numbers.</summary>
/// <param name="texts">How many of the first columns are texts.</param>
/// <param name="header">The columns' names.</param>
internal sealed class TextTable(int texts, params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void AppendTo(StringBuilder text)
    {
        int[] widths = [.. header.Select((_, column) => Math.Max(3, _rows.Max(row => row[column].Length)))];
        string Line(string[] cells) => "| " + string.Join(" | ", cells.Select((cell, i) => i < texts ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))) + " |\n";
        text.Append(Line(_rows[0]));
        text.Append(Line([.. widths.Select((width, i) => i < texts ? new string('-', width) : new string('-', width - 1) + ":")]));
        _rows.Skip(1).ToList().ForEach(row => text.Append(Line(row)));
        text.Append('\n');
    }
}
