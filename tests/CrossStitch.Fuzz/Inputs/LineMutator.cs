using System.Text;
using CrossStitch.Kernels;

namespace CrossStitch.Fuzz.Inputs;

/// <summary>Changes lines of fields: CSV files and lists of annotations.</summary>
internal static class LineMutator
{
    /// <summary>Changes one thing.</summary>
    /// <param name="bytes">A text in UTF-8.</param>
    /// <param name="other">A text that lines may be taken from.</param>
    /// <param name="random">Chooses.</param>
    public static byte[] Change(byte[] bytes, byte[] other, SeededRandom random)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n').ToList();
        var at = random.Next(0, lines.Count);
        switch (random.Next(0, 16))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[random.Next(0, lines.Count)]);
                break;
            case 2:
                lines.InsertRange(at, Enumerable.Repeat(lines[at], OddValues.Repeats(random, lines[at].Length)));
                break;
            case 3:
                lines.Insert(at, OddValues.One(random, Encoding.UTF8.GetString(other).Split('\n')));
                break;
            case 4:
                lines.Insert(at, OddValues.Text(random));
                break;
            case 5:
                return Encoding.UTF8.GetBytes(string.Join(OddValues.One(random, ["\r", "\r\n", "\n\n", "\u2028", "\0\n"]), lines));
            case 6:
                return [.. Encoding.UTF8.Preamble, .. bytes];
            case 7:
                lines = lines[..at];
                break;
            default:
                lines[at] = ChangeFields(lines[at], random);
                break;
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static string ChangeFields(string line, SeededRandom random)
    {
        var mark = line.Contains(',') ? ',' : ' ';
        var fields = line.Split(mark).ToList();
        var at = random.Next(0, fields.Count);
        switch (random.Next(0, 9))
        {
            case 0:
                fields.RemoveAt(at);
                break;
            case 1:
                fields.Insert(at, fields[random.Next(0, fields.Count)]);
                break;
            case 2:
                fields[at] = fields[random.Next(0, fields.Count)];
                break;
            case 3:
                fields.InsertRange(at, Enumerable.Repeat(fields[at], OddValues.Repeats(random, fields[at].Length)));
                break;
            case 4:
                fields[at] = OddValues.One(random, [$"\"{fields[at]}\"", $"\"{fields[at]}", $"{fields[at]}\"", $" {fields[at]} ", $"\"{fields[at]}\"x", $"\t{fields[at]}", $"-{fields[at]}", $"{fields[at]}0000000"]);
                break;
            case 5:
                return string.Join(OddValues.One(random, [";", "\t", "", "  ", ",,"]), fields);
            default:
                fields[at] = random.NextBool() ? OddValues.Number(random) : OddValues.Text(random);
                break;
        }

        return string.Join(mark, fields);
    }
}
