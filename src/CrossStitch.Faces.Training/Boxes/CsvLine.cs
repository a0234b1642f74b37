using System.Text;

namespace CrossStitch.Faces.Training.Boxes;

/// <summary>A line of a CSV file as RFC 4180 has it, less line ends inside quotes: no field here has any.</summary>
internal static class CsvLine
{
    /// <summary>A field as a line has it: in quotes where it would not be one field without.</summary>
    /// <param name="text">The field.</param>
    public static string Field(string text) => text.AsSpan().ContainsAny(",\" \t") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>Splits a line at its commas. Blanks around a field go, quotes around it too; inside quotes, two are one.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>The fields; null if a quote is not closed, or something follows a closed one.</returns>
    public static List<string>? Split(string line)
    {
        var fields = new List<string>();
        for (var at = 0; at <= line.Length;)
        {
            var start = at;
            while (start < line.Length && line[start] is ' ' or '\t')
            {
                start++;
            }

            if (start < line.Length && line[start] == '"')
            {
                if (Unquote(line, ref start) is not { } quoted)
                {
                    return null;
                }

                fields.Add(quoted);
                at = start + 1;
            }
            else
            {
                var comma = line.IndexOf(',', at);
                var end = comma < 0 ? line.Length : comma;
                fields.Add(line[at..end].Trim());
                at = end + 1;
            }
        }

        return fields;
    }

    /// <summary>Reads a quoted field and moves to the comma, or the end, after it.</summary>
    private static string? Unquote(string line, ref int at)
    {
        var field = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                field.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else
            {
                var comma = line.IndexOf(',', at);
                var end = comma < 0 ? line.Length : comma;
                var isClean = string.IsNullOrWhiteSpace(line[(at + 1)..end]);
                at = end;
                return isClean ? field.ToString() : null;
            }
        }

        return null;
    }
}
