using System.Buffers;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// Finds the face of a photo that is known to show one, such as a portrait or a picture cut around a face. A face that fills
/// its picture may reach beyond it and is easily missed: where a finder is sure of none, it looks again, at the picture with
/// a border and with less certainty, for some face there must be. It is no test of whether there is one: of a photo without a
/// face it may return something that is none.
/// </summary>
public static class SingleFace
{
    /// <summary>How wide the border is, in widths and heights of the photo, on each side.</summary>
    public const float Border = 0.25f;

    /// <summary>The least score of a face at the second try, where the options name none.</summary>
    public const float LeastScore = 0.01f;

    /// <summary>
    /// The side of the smallest box that is looked for at the second try, in widths of the photo, or in its heights if they are
    /// less: of 2,000 training faces of MTFL, whose pictures are cut around them, none is smaller.
    /// </summary>
    public const float LeastShare = 1f / 3;

    /// <summary>Pixels that the shorter side keeps at the second try at least: faces there are large, and a photo shrunk is as good.</summary>
    private const int EnoughPixels = 480;

    /// <summary>Finds it.</summary>
    /// <param name="finder">Finds faces.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="options">
    /// Which faces are looked for; null for the defaults. A <see cref="FinderOptions.MinimumScore"/> holds at both tries;
    /// <see cref="FinderOptions.MostFaces"/> means nothing here.
    /// </param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>
    /// Of the faces that the finder is sure of, the one nearest to the middle of the photo; where there is none, the surest
    /// that it sees at the second try; null if that finds none either.
    /// </returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the photo is the default value, without pixels.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static FoundFace? Find(IFaceFinder finder, PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(finder);
        photo.RequirePixels(nameof(photo));
        options ??= new FinderOptions();
        options.Validate();
        var middle = new FacePoint(photo.Width / 2f, photo.Height / 2f);
        var sure = finder.Find(photo, options with { MinimumScore = null, MostFaces = new FinderOptions().MostFaces }, cancellation);
        return sure.Where(face => face.Score >= (options.MinimumScore ?? 0)).MinBy(face => middle.DistanceTo(new(face.Box.CenterX, face.Box.CenterY)))
            ?? FindWithBorder(finder, photo, options, cancellation);
    }

    /// <summary>The square in the middle of a photo, where the face of a portrait is when a finder is sure of none: it fills its picture.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="share">Its side, in widths of the photo, or in its heights if they are less.</param>
    internal static FaceBox Middle(PhotoPixels photo, float share) =>
        new(photo.Width / 2f, photo.Height / 2f, share * Math.Min(photo.Width, photo.Height), BoxSource.Detector);

    private static FoundFace? FindWithBorder(IFaceFinder finder, PhotoPixels photo, FinderOptions options, CancellationToken cancellation)
    {
        var shorter = Math.Min(photo.Width, photo.Height);
        var smallest = Math.Max(options.SmallestFace, LeastShare * shorter);
        if (smallest > options.LargestFace)
        {
            return null;
        }

        var shrink = Math.Max(1, shorter / EnoughPixels);
        var (innerWidth, innerHeight) = (photo.Width / shrink, photo.Height / shrink);
        var (left, top) = ((int)MathF.Ceiling(innerWidth * Border), (int)MathF.Ceiling(innerHeight * Border));
        var (width, height) = (innerWidth + (2 * left), innerHeight + (2 * top));
        if ((long)width * height > PhotoPixels.MostPixels)
        {
            // A strip dozens of times as long as it is wide is no portrait.
            return null;
        }

        var room = ArrayPool<byte>.Shared.Rent(width * height);
        try
        {
            Surround(photo, shrink, left, top, innerWidth, innerHeight, room.AsSpan(0, width * height));
            var found = finder.Find(
                new PhotoPixels(room, width, height, PixelFormat.Gray),
                new FinderOptions { SmallestFace = smallest / shrink, LargestFace = options.LargestFace / shrink, MinimumScore = options.MinimumScore ?? LeastScore },
                cancellation);
            return found.MaxBy(face => face.Score) is { } surest
                ? surest with
                {
                    Box = surest.Box with { CenterX = (surest.Box.CenterX - left) * shrink, CenterY = (surest.Box.CenterY - top) * shrink, Side = surest.Box.Side * shrink },
                    Landmarks = surest.Landmarks?.Map(point => new FacePoint((point.X - left) * shrink, (point.Y - top) * shrink)),
                }
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>The photo in gray, shrunk to means of its pixels, in a border of its mean gray level.</summary>
    private static void Surround(PhotoPixels photo, int shrink, int left, int top, int innerWidth, int innerHeight, Span<byte> bordered)
    {
        var width = innerWidth + (2 * left);
        var gray = ArrayPool<byte>.Shared.Rent(photo.Width);
        var sums = ArrayPool<int>.Shared.Rent(innerWidth);
        long total = 0;
        for (var y = 0; y < innerHeight; y++)
        {
            sums.AsSpan(0, innerWidth).Clear();
            for (var line = 0; line < shrink; line++)
            {
                Luma.Convert(photo.Row((y * shrink) + line), photo.Format, gray.AsSpan(0, photo.Width));
                for (var x = 0; x < innerWidth * shrink; x++)
                {
                    sums[x / shrink] += gray[x];
                }
            }

            var row = bordered.Slice(((top + y) * width) + left, innerWidth);
            for (var x = 0; x < innerWidth; x++)
            {
                row[x] = (byte)(sums[x] / (shrink * shrink));
                total += row[x];
            }
        }

        ArrayPool<byte>.Shared.Return(gray);
        ArrayPool<int>.Shared.Return(sums);
        var mean = (byte)(total / ((long)innerWidth * innerHeight));
        bordered[..(top * width)].Fill(mean);
        bordered[((top + innerHeight) * width)..].Fill(mean);
        for (var y = top; y < top + innerHeight; y++)
        {
            bordered.Slice(y * width, left).Fill(mean);
            bordered.Slice((y * width) + left + innerWidth, left).Fill(mean);
        }
    }
}
