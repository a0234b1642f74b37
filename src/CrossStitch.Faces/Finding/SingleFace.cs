using System.Buffers;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// Finds the face of a photo that is known to show one, such as a portrait or a picture cut around a face. A face that fills
/// its picture may reach beyond it and is easily missed: where a finder is sure of none, it looks again, at the picture with
/// a border and with less certainty, for some face there must be.
/// </summary>
public static class SingleFace
{
    /// <summary>How wide the border is, in widths and heights of the photo, on each side.</summary>
    public const float Border = 0.25f;

    /// <summary>The least score of a face at the second try, where the options name none.</summary>
    public const float LeastScore = 0.01f;

    /// <summary>The side of the smallest box that is looked for at the second try, in widths of the photo, or in its heights if they are less: of 2,000 training faces of MTFL, whose pictures are cut around them, none is smaller.</summary>
    public const float LeastShare = 1f / 3;

    /// <summary>Finds it.</summary>
    /// <param name="finder">Finds faces.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="options">Which faces are looked for; null for the defaults.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>
    /// Of the faces that the finder is sure of, the one nearest to the middle of the photo; where there is none, the surest
    /// that it sees at the second try; null if that finds none either.
    /// </returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static FoundFace? Find(IFaceFinder finder, PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(finder);
        options ??= new FinderOptions();
        var middle = new FacePoint(photo.Width / 2f, photo.Height / 2f);
        var found = finder.Find(photo, options, cancellation);
        return found.Count > 0 ? found.MinBy(face => middle.DistanceTo(new(face.Box.CenterX, face.Box.CenterY))) : FindWithBorder(finder, photo, options, cancellation);
    }

    private static FoundFace? FindWithBorder(IFaceFinder finder, PhotoPixels photo, FinderOptions options, CancellationToken cancellation)
    {
        var (left, top) = ((int)MathF.Ceiling(photo.Width * Border), (int)MathF.Ceiling(photo.Height * Border));
        var (width, height) = (photo.Width + (2 * left), photo.Height + (2 * top));
        if ((long)width * height > PhotoPixels.MostPixels)
        {
            return null;
        }

        var room = ArrayPool<byte>.Shared.Rent(width * height);
        try
        {
            Surround(photo, left, top, width, room.AsSpan(0, width * height));
            var unsure = options with { MinimumScore = options.MinimumScore ?? LeastScore, SmallestFace = Math.Max(options.SmallestFace, Math.Min(options.LargestFace, LeastShare * Math.Min(photo.Width, photo.Height))) };
            var found = finder.Find(new PhotoPixels(room, width, height, PixelFormat.Gray), unsure, cancellation);
            return found.MaxBy(face => face.Score) is { } surest
                ? surest with
                {
                    Box = surest.Box with { CenterX = surest.Box.CenterX - left, CenterY = surest.Box.CenterY - top },
                    Landmarks = surest.Landmarks?.Map(point => new FacePoint(point.X - left, point.Y - top)),
                }
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>The photo in gray, in a border of its mean gray level.</summary>
    private static void Surround(PhotoPixels photo, int left, int top, int width, Span<byte> bordered)
    {
        long sum = 0;
        for (var y = 0; y < photo.Height; y++)
        {
            var row = bordered.Slice(((top + y) * width) + left, photo.Width);
            Luma.Convert(photo.Row(y), photo.Format, row);
            foreach (var level in row)
            {
                sum += level;
            }
        }

        var mean = (byte)(sum / ((long)photo.Width * photo.Height));
        bordered[..(top * width)].Fill(mean);
        bordered[((top + photo.Height) * width)..].Fill(mean);
        for (var y = top; y < top + photo.Height; y++)
        {
            bordered.Slice(y * width, left).Fill(mean);
            bordered.Slice((y * width) + left + photo.Width, width - left - photo.Width).Fill(mean);
        }
    }
}
