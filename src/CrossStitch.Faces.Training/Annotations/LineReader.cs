using System.Text;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// Reads lines that end with LF, CRLF or CR, as <see cref="TextReader.ReadLine"/> does; but of a line that is too long only
/// its length is kept.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="longest">The most characters of a line.</param>
/// <param name="most">The characters after which nothing more is read: a line may have no end, and a device has none.</param>
internal sealed class LineReader(TextReader text, int longest, long most = long.MaxValue - 1)
{
    private readonly StringBuilder _line = new();
    private bool _afterReturn;

    /// <summary>The number of the line read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The characters of the line read last.</summary>
    public long Length { get; private set; }

    /// <summary>The characters of all lines so far.</summary>
    public long Characters { get; private set; }

    /// <summary>Whether the line read last is too long; all that was returned of it is its beginning.</summary>
    public bool IsTooLong => Length > longest;

    /// <summary>The next line, without its end; null if there is none.</summary>
    public string? Read()
    {
        var next = text.Read();
        if (next == '\n' && _afterReturn)
        {
            next = text.Read();
        }

        if (next < 0)
        {
            return null;
        }

        _line.Clear();
        for (Length = 0; next is >= 0 and not ('\n' or '\r') && Characters + Length <= most; next = text.Read())
        {
            if (Length++ < longest)
            {
                _line.Append((char)next);
            }
        }

        _afterReturn = next == '\r';
        Number++;
        Characters += Length + 1;
        return _line.ToString();
    }
}
