using Spectre.Console;
using Spectre.Console.Rendering;

namespace CrossStitch.Cli.Display;

/// <summary>A table that continues below where a terminal is too narrow for all its columns.</summary>
internal static class PagedTable
{
    /// <summary>Prints a table; its first column is repeated in every part.</summary>
    /// <param name="console">Where.</param>
    /// <param name="headers">The columns' headers, which may have several lines.</param>
    /// <param name="rows">A cell a column, as markup, which may have several lines.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        for (var first = 1; first < headers.Count;)
        {
            var last = first + 1;
            while (last < headers.Count && Fits(console, Table(headers, rows, first, last + 1)))
            {
                last++;
            }

            console.Write(Table(headers, rows, first, last));
            first = last;
        }
    }

    private static bool Fits(IAnsiConsole console, Table table) =>
        ((IRenderable)table).Measure(RenderOptions.Create(console), int.MaxValue / 2).Min <= console.Profile.Width;

    private static Table Table(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows, int first, int end)
    {
        var table = new Table { Border = TableBorder.SimpleHeavy };
        var columns = Enumerable.Range(first, end - first).Prepend(0).ToList();
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(headers[column])
            {
                // A name may be broken; a number never.
                NoWrap = column > 0,
                Padding = new Padding(0, 0, 1, 0),
                Alignment = column == 0 ? Justify.Left : Justify.Right,
            });
        }

        foreach (var row in rows)
        {
            table.AddRow([.. columns.Select(column => row[column])]);
        }

        return table;
    }
}
