namespace CrossStitch.Faces.Training.Finding;

/// <summary>Pictures turned so far that no face in them stands upright: more backgrounds from the same photos.</summary>
internal static class TurnedImage
{
    /// <summary>A picture upside down.</summary>
    /// <param name="image">The picture.</param>
    public static GrayImage Half(GrayImage image)
    {
        var pixels = image.Pixels.Bytes.ToArray();
        Array.Reverse(pixels);
        return new GrayImage(image.Width, image.Height, pixels);
    }

    /// <summary>A picture a quarter of a turn to the right.</summary>
    /// <param name="image">The picture.</param>
    public static GrayImage Quarter(GrayImage image)
    {
        var pixels = new byte[image.Width * image.Height];
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                pixels[(x * image.Height) + image.Height - 1 - y] = row[x];
            }
        }

        return new GrayImage(image.Height, image.Width, pixels);
    }
}
