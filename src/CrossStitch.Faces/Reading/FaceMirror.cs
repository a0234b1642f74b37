namespace CrossStitch.Faces.Reading;

/// <summary>
/// The mirror image of a network's input, and what the network says of it turned back and averaged with what it says of the
/// face as it is. One code for training and for reading photos.
/// </summary>
internal static class FaceMirror
{
    /// <summary>The landmark that each is in the mirror image.</summary>
    private static readonly int[] Counterparts =
        [(int)Landmark.RightEye, (int)Landmark.LeftEye, (int)Landmark.Nose, (int)Landmark.RightMouthCorner, (int)Landmark.LeftMouthCorner];

    /// <summary>Mirrors pictures in place.</summary>
    /// <param name="pixels">Rows of pixels, of any number of pictures.</param>
    /// <param name="width">Pixels in a row.</param>
    public static void MirrorRows(Span<float> pixels, int width)
    {
        for (; !pixels.IsEmpty; pixels = pixels[width..])
        {
            pixels[..width].Reverse();
        }
    }

    /// <summary>Averages landmarks, in units of the box, with those of the mirror images.</summary>
    /// <param name="landmarks">[faces, 10]: x1..x5, then y1..y5; receives the mean.</param>
    /// <param name="mirrored">The same of the mirror images.</param>
    public static void AverageLandmarks(Span<float> landmarks, ReadOnlySpan<float> mirrored)
    {
        for (var first = 0; first < landmarks.Length; first += FaceLandmarks.Numbers)
        {
            for (var i = 0; i < FaceLandmarks.Count; i++)
            {
                ref var x = ref landmarks[first + i];
                ref var y = ref landmarks[first + FaceLandmarks.Count + i];
                x = 0.5f * (x + (1 - mirrored[first + Counterparts[i]]));
                y = 0.5f * (y + mirrored[first + FaceLandmarks.Count + Counterparts[i]]);
            }
        }
    }

    /// <summary>Averages the logits of classes with those of the mirror images.</summary>
    /// <param name="logits">[faces, classes]; receives the mean.</param>
    /// <param name="mirrored">The same of the mirror images.</param>
    /// <param name="counterparts">For each class, the one that the face has in the mirror image.</param>
    public static void AverageClasses(Span<float> logits, ReadOnlySpan<float> mirrored, ReadOnlySpan<int> counterparts)
    {
        for (var first = 0; first < logits.Length; first += counterparts.Length)
        {
            for (var i = 0; i < counterparts.Length; i++)
            {
                logits[first + i] = 0.5f * (logits[first + i] + mirrored[first + counterparts[i]]);
            }
        }
    }
}
