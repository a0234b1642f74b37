using System.Text;
using CrossStitch.Experiments.Reports;

namespace CrossStitch.Cli.Errors;

/// <summary>A stream of plain text, on which nothing of what others wrote moves a cursor or hides: see <see cref="ShownText"/>.</summary>
/// <param name="inner">The stream.</param>
internal sealed class CleanWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(char.IsSurrogate(value) ? value.ToString() : ShownText.Lines(value.ToString()));

    public override void Write(string? value) => inner.Write(ShownText.Lines(value ?? ""));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Flush() => inner.Flush();
}
