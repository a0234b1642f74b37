using System.Globalization;
using System.Text;
using CrossStitch.Experiments.Catalogs;

namespace CrossStitch.Experiments.Data;

/// <summary>Tables as comma-separated text with a line of column names (RFC 4180).</summary>
internal static class Csv
{
    private const int MostColumns = 1000;
    private const int MostRows = 1_000_000;
    private const string Formula = "=+-@\t\r";

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
    /// <exception cref="CrossStitchException">It cannot be read, is larger than tables are, or a row has more or fewer cells than there are columns; the message says which.</exception>
    public static (IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) Load(string path)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var row in Rows(BoundedText.Read(path, "table", BoundedText.Table)))
        {
            if (rows.Count == 0 ? row.Count > MostColumns : row.Count != rows[0].Count)
            {
                throw new CrossStitchException(rows.Count == 0
                    ? $"{path}(1): the table has {row.Count} columns, and the most is {MostColumns}; it is something else, or damaged."
                    : $"{path}({rows.Count + 1}): the row has {row.Count} cells, and there are {rows[0].Count} columns; restore the file.");
            }

            if (rows.Count > MostRows)
            {
                throw new CrossStitchException($"{path}: the table has more than {MostRows} rows, which is the most; it is something else, or damaged.");
            }

            rows.Add(row);
        }

        return rows.Count == 0 ? throw new CrossStitchException($"{path}(1): the table is empty; restore the file.")
            : rows[0].GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice } ? throw new CrossStitchException($"{path}(1): two columns are called '{twice}'; restore the file.")
            : (rows[0], rows[1..]);
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
                row.Add(Plain(cell.ToString()));
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
            row.Add(Plain(cell.ToString()));
            yield return row;
        }
    }

    private static string Quoted(string text)
    {
        var cell = AsText(text);
        return cell.AsSpan().ContainsAny(",\"\n\r") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
    }

    /// <summary>
    /// A spreadsheet would run a text that begins like a formula: an apostrophe before it keeps it a text. One more goes before
    /// those that there are, so that every text is read back as it was.
    /// </summary>
    private static string AsText(string cell) =>
        BeginsAsFormula(cell) && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"'{cell}" : cell;

    private static string Plain(string cell) => cell.StartsWith('\'') && BeginsAsFormula(cell) ? cell[1..] : cell;

    private static bool BeginsAsFormula(string cell) => cell.AsSpan().TrimStart('\'') is [var first, ..] && Formula.Contains(first);
}
