namespace CrossStitch.Faces.Training.Annotations;

/// <summary>A stream from a place on to its end, to be read; that place is its position 0.</summary>
/// <param name="inner">The whole stream; closed with this one.</param>
/// <param name="start">The place.</param>
internal sealed class OffsetStream(Stream inner, long start) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => inner.Length - start;

    public override long Position
    {
        get => inner.Position - start;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            inner.Position = value + start;
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            _ => Length,
        };

        // As a file does; the framework's reader takes that for a broken zip.
        return target < 0 ? throw new IOException("The place lies before the beginning.") : Position = target;
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
