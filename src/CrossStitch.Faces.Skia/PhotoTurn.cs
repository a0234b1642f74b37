using SkiaSharp;

namespace CrossStitch.Faces.Skia;

/// <summary>
/// From the pixels of a file to the picture as it is to be seen, as EXIF notes it. Stored pixel (x, y) goes to place
/// <c>start + x × across + y × down</c> of the rows of the upright picture.
/// </summary>
internal sealed class PhotoTurn
{
    /// <summary>Stored rows that are copied at a time where they become columns: as many pixels lie beside each other then.</summary>
    private const int Strip = 64;

    private readonly int _start;
    private readonly int _across;
    private readonly int _down;
    private readonly int _storedWidth;

    /// <summary>Works a turn out.</summary>
    /// <param name="origin">Where the first stored row and column are to be seen.</param>
    /// <param name="width">Pixels of a stored row.</param>
    /// <param name="height">Stored rows.</param>
    public PhotoTurn(SKEncodedOrigin origin, int width, int height)
    {
        _storedWidth = width;
        var swapped = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        (Width, Height) = swapped ? (height, width) : (width, height);
        var last = (Width * Height) - 1;
        (_start, _across, _down) = origin switch
        {
            SKEncodedOrigin.TopRight => (Width - 1, -1, Width),
            SKEncodedOrigin.BottomRight => (last, -1, -Width),
            SKEncodedOrigin.BottomLeft => (last - Width + 1, 1, -Width),
            SKEncodedOrigin.LeftTop => (0, Width, 1),
            SKEncodedOrigin.RightTop => (Width - 1, Width, -1),
            SKEncodedOrigin.RightBottom => (last, -Width, -1),
            SKEncodedOrigin.LeftBottom => (last - Width + 1, -Width, 1),
            _ => (0, 1, Width),
        };
    }

    /// <summary>Pixels of an upright row.</summary>
    public int Width { get; }

    /// <summary>Upright rows.</summary>
    public int Height { get; }

    /// <summary>Puts stored rows where they are to be seen.</summary>
    /// <typeparam name="T">Of a pixel.</typeparam>
    /// <param name="stored">Their pixels.</param>
    /// <param name="step">Pixels from one row to the next.</param>
    /// <param name="first">Which row of the photo is the first.</param>
    /// <param name="rows">How many there are.</param>
    /// <param name="upright">The upright picture.</param>
    public void Copy<T>(ReadOnlySpan<T> stored, int step, int first, int rows, Span<T> upright)
        where T : unmanaged
    {
        for (var y = 0; y < rows; y += Strip)
        {
            var count = Math.Min(Strip, rows - y);
            var start = _start + ((first + y) * _down);
            if (_across is 1 or -1)
            {
                CopyRows(stored[(y * step)..], step, count, start, upright);
            }
            else
            {
                CopyColumns(stored[(y * step)..], step, count, start, upright);
            }
        }
    }

    private void CopyRows<T>(ReadOnlySpan<T> from, int step, int count, int start, Span<T> to)
        where T : unmanaged
    {
        for (var y = 0; y < count; y++)
        {
            var row = to.Slice(start + (y * _down) - (_across < 0 ? _storedWidth - 1 : 0), _storedWidth);
            from.Slice(y * step, _storedWidth).CopyTo(row);
            if (_across < 0)
            {
                row.Reverse();
            }
        }
    }

    private void CopyColumns<T>(ReadOnlySpan<T> from, int step, int count, int start, Span<T> to)
        where T : unmanaged
    {
        for (var x = 0; x < _storedWidth; x++)
        {
            var place = start + (x * _across);
            for (var y = 0; y < count; y++)
            {
                to[place + (y * _down)] = from[(y * step) + x];
            }
        }
    }
}
