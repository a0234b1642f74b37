using CrossStitch.Faces.Crops;

namespace CrossStitch.Faces.Reading;

/// <summary>What a reader does with the network that looks at a face again.</summary>
internal static class RepeatedLooks
{
    /// <summary>
    /// How far a frame may be from that of the points found in it, in sides, before the face is looked at once more: rare where a
    /// box is a detector's. Chosen on validation faces with boxes that were moved, then raised for drawn faces: docs/results.md.
    /// </summary>
    private const float FarOff = 0.1f;

    /// <summary>How often <see cref="LookAgain"/> has a face looked at, the first network's look among them.</summary>
    private const int MostLooks = 4;

    /// <summary>How far the frames of <see cref="LookAround"/> are moved, in sides. Chosen on training faces of another source: docs/results.md.</summary>
    private const float Around = 0.025f;

    private static readonly (float X, float Y)[] Corners = [(-Around, -Around), (-Around, Around), (Around, -Around), (Around, Around)];

    /// <summary>
    /// Looks at faces again, in frames by the points of the first look. Where those were far off, for a box hardly held the face, the
    /// frame was not what the network has learned on: these faces are looked at up to twice more, each time by what was found then,
    /// and the last look is the one that counts. A face whose points give no region to look at again keeps what was read of it.
    /// </summary>
    public static void LookAgain(ReaderNetwork network, PhotoPixels photo, Face[] faces, CancellationToken cancellation)
    {
        var first = (Face[])faces.Clone();
        var frames = Array.ConvertAll(faces, face => network.Model.Frame(face));
        int[] which = [.. Enumerable.Range(0, faces.Length).Where(i => frames[i] is not null)];
        for (var look = 2; which.Length > 0; look++)
        {
            var seen = Array.ConvertAll(which, i => first[i]);
            network.Read(photo, Array.ConvertAll(which, i => frames[i]!.Value), seen, cancellation);
            var far = new List<int>();
            foreach (var (face, i) in seen.Zip(which))
            {
                faces[i] = face;
                if (look < MostLooks && network.Model.Frame(face) is { } better && better.DistanceTo(frames[i]!.Value) > FarOff)
                {
                    frames[i] = better;
                    far.Add(i);
                }
            }

            which = [.. far];
        }
    }

    /// <summary>
    /// Of several readings of one face the one whose points move least, in distances between the eyes, when they are looked at once
    /// more: a reading that began in a wrong box seldom comes out the same again. The first where none gives a region to look at.
    /// </summary>
    public static Face Steadiest(ReaderNetwork network, PhotoPixels photo, Face[] readings, CancellationToken cancellation)
    {
        var steadiest = readings[0];
        var least = float.PositiveInfinity;
        foreach (var reading in readings)
        {
            if (network.Model.Frame(reading) is { } frame)
            {
                Face[] again = [reading];
                network.Read(photo, [frame], again, cancellation);
                var moved = Enum.GetValues<Landmark>().Average(landmark => again[0].Landmarks[landmark].DistanceTo(reading.Landmarks[landmark])) / reading.Landmarks.InterOcularDistance;
                (steadiest, least) = moved < least ? (reading, moved) : (steadiest, least);
            }
        }

        return steadiest;
    }

    /// <summary>
    /// Looks at a face four times more, in frames moved a little toward each corner, and takes the mean of the five readings' points:
    /// what a reading owes to where the pixels of its frame happened to lie differs from frame to frame and averages out. Attributes
    /// stay, for they gain nothing from it.
    /// </summary>
    public static Face LookAround(ReaderNetwork network, PhotoPixels photo, Face face, CancellationToken cancellation)
    {
        if (network.Model.Frame(face) is not { } frame)
        {
            return face;
        }

        var frames = new List<FaceFrame>();
        foreach (var (x, y) in Corners)
        {
            var center = frame.ToImage(new FacePoint(0.5f + x, 0.5f + y));
            if (frame with { CenterX = center.X, CenterY = center.Y } is var moved && FaceCropper.CanCut(moved.Upright))
            {
                frames.Add(moved);
            }
        }

        Face[] around = [.. frames.Select(_ => face)];
        network.Read(photo, [.. frames], around, cancellation);
        Span<float> mean = stackalloc float[FaceLandmarks.Numbers];
        Span<float> points = stackalloc float[FaceLandmarks.Numbers];
        foreach (var reading in around.Append(face))
        {
            reading.Landmarks.CopyTo(points);
            for (var i = 0; i < FaceLandmarks.Numbers; i++)
            {
                mean[i] += points[i] / (frames.Count + 1);
            }
        }

        return face with { Landmarks = FaceLandmarks.FromNumbers(mean) };
    }
}
