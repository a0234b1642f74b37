namespace CrossStitch.Faces.Training.Finding;

/// <summary>Photos turned so far that no face in them stands upright, with their boxes: more backgrounds from the same photos.</summary>
internal static class TurnedPhoto
{
    /// <summary>A photo upside down.</summary>
    /// <param name="photo">The photo.</param>
    public static FinderPhoto Half(FinderPhoto photo)
    {
        var pixels = photo.Image.Pixels.Bytes.ToArray();
        Array.Reverse(pixels);
        return Turned(photo, new GrayImage(photo.Image.Width, photo.Image.Height, pixels), point => new(photo.Image.Width - point.X, photo.Image.Height - point.Y));
    }

    /// <summary>A photo a quarter of a turn to the right.</summary>
    /// <param name="photo">The photo.</param>
    public static FinderPhoto Quarter(FinderPhoto photo)
    {
        var image = photo.Image;
        var pixels = new byte[image.Width * image.Height];
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                pixels[(x * image.Height) + image.Height - 1 - y] = row[x];
            }
        }

        return Turned(photo, new GrayImage(image.Height, image.Width, pixels), point => new(image.Height - point.Y, point.X));
    }

    private static FinderPhoto Turned(FinderPhoto photo, GrayImage image, Func<FacePoint, FacePoint> turn)
    {
        FaceBox Box(FaceBox box)
        {
            var (x, y) = turn(new(box.CenterX, box.CenterY));
            return box with { CenterX = x, CenterY = y };
        }

        return photo with { Image = image, Box = Box(photo.Box), Landmarks = photo.Landmarks.Map(turn), OtherBoxes = [.. photo.OtherBoxes.Select(Box)] };
    }
}
