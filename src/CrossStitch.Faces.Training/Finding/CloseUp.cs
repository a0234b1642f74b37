using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>
/// Photos cut around their faces, as portraits are: the face fills the picture or reaches beyond it, which it hardly ever does
/// in a photo that was not cut.
/// </summary>
internal static class CloseUp
{
    /// <summary>The most octaves by which a cut is smaller than the face's box.</summary>
    private const double Smaller = 0.1;

    /// <summary>The most octaves by which a cut is larger than the face's box.</summary>
    private const double Larger = 0.6;

    /// <summary>The furthest that the middle of a cut is from the face's, across and down, in sides of the box.</summary>
    private const double Shift = 0.1;

    /// <summary>The largest cut that a border is made for, in shorter sides of the photo: a box file may hold a box far larger than its photo.</summary>
    private const int MostPhotos = 4;

    /// <summary>Cuts a photo: half of the cuts end there, half are surrounded by their mean gray level, much as <see cref="Faces.Finding.SingleFace"/> does it.</summary>
    /// <param name="photo">A photo with a face.</param>
    /// <param name="random">Where it is cut.</param>
    public static FinderPhoto Of(FinderPhoto photo, SeededRandom random)
    {
        var (face, image) = (photo.Box, photo.Image);
        var side = face.Side * Math.Pow(2, random.NextBetween(-Smaller, Larger));
        var (left, right) = Cut(face.CenterX + (face.Side * random.NextBetween(-Shift, Shift)), side, image.Width);
        var (top, bottom) = Cut(face.CenterY + (face.Side * random.NextBetween(-Shift, Shift)), side, image.Height);
        var border = random.NextBool() ? (int)(Faces.Finding.SingleFace.Border * Math.Min(side, MostPhotos * Math.Min(image.Width, image.Height))) : 0;
        var cut = Surrounded(image, left, top, right, bottom, border);
        FaceBox Moved(FaceBox box) => box with { CenterX = box.CenterX - left + border, CenterY = box.CenterY - top + border };
        return photo with
        {
            Image = cut,
            Box = Moved(face),
            Landmarks = photo.Landmarks.Map(point => new(point.X - left + border, point.Y - top + border)),
            OtherBoxes = [.. photo.OtherBoxes.Select(Moved)],
        };
    }

    private static (int Start, int End) Cut(double middle, double side, int length)
    {
        var start = Math.Clamp((int)Math.Round(middle - (side / 2)), 0, length - 1);
        return (start, Math.Clamp((int)Math.Round(middle + (side / 2)), start + 1, length));
    }

    private static GrayImage Surrounded(GrayImage image, int left, int top, int right, int bottom, int border)
    {
        var (width, height) = (right - left, bottom - top);
        var whole = width + (2 * border);
        var pixels = new byte[whole * (height + (2 * border))];
        var total = 0L;
        for (var y = 0; y < height; y++)
        {
            foreach (var level in image.Row(top + y)[left..right])
            {
                total += level;
            }
        }

        pixels.AsSpan().Fill((byte)(total / ((long)width * height)));
        for (var y = 0; y < height; y++)
        {
            image.Row(top + y)[left..right].CopyTo(pixels.AsSpan(((border + y) * whole) + border));
        }

        return new GrayImage(whole, height + (2 * border), pixels);
    }
}
