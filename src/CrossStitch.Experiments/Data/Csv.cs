using System.Text;

namespace CrossStitch.Experiments.Data;

/// <summary>Tables as comma-separated text with a line of column names (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>A table as text.</summary>
    /// <param name="columns">The names of its columns.</param>
    /// <param name="rows">Its rows, a cell a column.</param>
    public static string Text(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(columns))
        {
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a table.</summary>
    /// <param name="path">Where from.</param>
    /// <exception cref="CrossStitchException">It cannot be read, or a row has more or fewer cells than there are columns; the message says which.</exception>
    public static (IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: cannot be read: {FileProblem.Reason(error)}.", error);
        }

        var rows = Rows(text).ToList();
        if (rows.Count == 0)
        {
            throw new CrossStitchException($"{path}(1): the table is empty; restore the file.");
        }

        var wrong = rows.FindIndex(row => row.Count != rows[0].Count);
        return wrong < 0 ? (rows[0], rows[1..]) : throw new CrossStitchException($"{path}({wrong + 1}): the row has {rows[wrong].Count} cells, and there are {rows[0].Count} columns; restore the file.");
    }

    private static IEnumerable<List<string>> Rows(string text)
    {
        var (row, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quoted && character == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (character == '"')
            {
                quoted = !quoted;
            }
            else if (quoted || character is not (',' or '\n' or '\r'))
            {
                cell.Append(character);
            }
            else if (character != '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (character == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
        }

        if (row.Count > 0 || cell.Length > 0)
        {
            row.Add(cell.ToString());
            yield return row;
        }
    }

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\n\r") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
}
