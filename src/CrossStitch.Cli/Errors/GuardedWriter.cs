using System.Text;

namespace CrossStitch.Cli.Errors;

/// <summary>A standard stream that may be closed, or lead to a full disk.</summary>
/// <param name="inner">The stream.</param>
/// <param name="onFailure">What to do where it cannot be written: throw something better, or nothing.</param>
internal sealed class GuardedWriter(TextWriter inner, Action<Exception> onFailure) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Standard output: what cannot be written to it is an error.</summary>
    public static GuardedWriter ForResults(TextWriter inner) => new(inner, error =>
        throw new CrossStitchException($"standard output: cannot be written: {(error is IOException ? FileProblem.Reason(error) : "it is closed")}.", error));

    /// <summary>Standard error: nobody looks, so the work goes on.</summary>
    public static GuardedWriter ForProgress(TextWriter inner) => new(inner, _ => { });

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            onFailure(error);
        }
    }
}
