namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// Looks for labels that no dataset of faces has: every one of them may be read, but together they say that the file has
/// another order of landmarks, another direction of an axis, or left and right exchanged.
/// </summary>
/// <remarks>
/// Of MTFL's 10,000 training faces none has its eyes or mouth corners exchanged or its mouth above its eyes, and of its
/// 2,995 test faces at least one does: it stands on its head. So a single such face is worth a warning. The other
/// oddities are worth one where they are frequent: of MTFL's turned heads 2.2 % in the test faces, and fewer in the
/// training faces, have a nose that leans away from their pose, and the others are rarer.
/// </remarks>
public static class LabelWarnings
{
    private const int Examples = 3;
    private const double Frequent = 0.2;

    private static readonly Oddity[] Oddities =
    [
        new("the mouth above the eyes", face => IsUpsideDown(face.Landmarks)),

        // A face that stands on its head has all of this, rightly; it is told of once.
        new(
            "the left eye right of the right eye (left and right as seen in the picture)",
            face => HasEyesExchanged(face.Landmarks),
            face => !IsUpsideDown(face.Landmarks)),
        new(
            "the left mouth corner right of the right one",
            face => face.Landmarks.LeftMouthCorner.X > face.Landmarks.RightMouthCorner.X,
            face => !IsUpsideDown(face.Landmarks) && !HasEyesExchanged(face.Landmarks)),
        new("eyes that lie above one another more than beside one another", face => IsTurned(face.Landmarks), LeastShare: Frequent),
        new("a nose that is not between eyes and mouth", face => !HasNoseInside(face.Landmarks), LeastShare: Frequent),
        new(
            "a nose that leans away from the side that the pose names",
            face => (face.Landmarks.Nose.X > Eyes(face.Landmarks).X) != (Yaw(face.Attributes) > 0),
            face => Yaw(face.Attributes) != 0 && !IsTurned(face.Landmarks),
            Frequent),
    ];

    // What the ten numbers of a line may have been meant as: for each number of ours, where it stands in theirs.
    private static readonly (string Meaning, int[] Order)[] OtherOrders =
    [
        ("x1 y1 x2 y2 x3 y3 x4 y4 x5 y5; this program reads x1..x5, then y1..y5", [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]),
        ("y1 x1 y2 x2 y3 x3 y4 x4 y5 x5; this program reads x1..x5, then y1..y5", [1, 3, 5, 7, 9, 0, 2, 4, 6, 8]),
        ("y1..y5, then x1..x5; this program reads x1..x5, then y1..y5", [5, 6, 7, 8, 9, 0, 1, 2, 3, 4]),
        ("the person's left and right; this program reads left and right as seen in the picture", [1, 0, 2, 4, 3, 6, 5, 7, 9, 8]),
    ];

    /// <summary>Looks the labels of a split through.</summary>
    /// <param name="file">Their annotation file, for the examples.</param>
    /// <param name="faces">The faces.</param>
    /// <returns>A sentence for each kind of oddity, with counts and up to three examples; empty if all is as it should be.</returns>
    public static IReadOnlyList<string> Of(string file, IReadOnlyList<AnnotatedFace> faces)
    {
        var warnings = Oddities.Select(oddity => Describe(oddity, file, faces)).OfType<string>().ToList();
        if (warnings.Count > 0 && Meant(faces) is { } meaning)
        {
            warnings.Add($"{file}: the landmarks look like {meaning}.");
        }

        return warnings;
    }

    /// <summary>Up to three faces, by file and line.</summary>
    internal static string Name(string file, IReadOnlyList<AnnotatedFace> faces) =>
        $"{file}, line{(faces.Count == 1 ? "" : "s")} {string.Join(", ", faces.Take(Examples).Select(face => face.Line))}{(faces.Count > Examples ? ", …" : "")}";

    private static string? Describe(Oddity oddity, string file, IReadOnlyList<AnnotatedFace> faces)
    {
        var looked = faces.Where(oddity.Applies).ToList();
        var found = looked.Where(oddity.Shows).ToList();
        return found.Count == 0 || found.Count < oddity.LeastShare * looked.Count
            ? null
            : $"{found.Count} of {looked.Count} faces {(found.Count == 1 ? "has" : "have")} {oddity.Words} ({Name(file, found)}).";
    }

    /// <summary>The other order that makes faces of nearly all lines, where the order as read makes them of less than half.</summary>
    private static string? Meant(IReadOnlyList<AnnotatedFace> faces)
    {
        if (faces.Count(face => IsFace(face.Landmarks)) * 2 >= faces.Count)
        {
            return null;
        }

        return OtherOrders
            .Where(other => faces.Count(face => IsFace(Reorder(face.Landmarks, other.Order))) >= 0.9 * faces.Count)
            .Select(other => other.Meaning)
            .FirstOrDefault();
    }

    private static bool IsFace(FaceLandmarks face) =>
        !IsUpsideDown(face) && !HasEyesExchanged(face) && face.LeftMouthCorner.X < face.RightMouthCorner.X && HasNoseInside(face) && !IsTurned(face);

    private static bool IsUpsideDown(FaceLandmarks face) => Mouth(face).Y < Eyes(face).Y;

    private static bool HasEyesExchanged(FaceLandmarks face) => face.LeftEye.X > face.RightEye.X;

    private static bool IsTurned(FaceLandmarks face) =>
        MathF.Abs(face.RightEye.Y - face.LeftEye.Y) > MathF.Abs(face.RightEye.X - face.LeftEye.X);

    // Along the line from the eyes to the mouth, so that a face may lean.
    private static bool HasNoseInside(FaceLandmarks face)
    {
        var (eyes, mouth) = (Eyes(face), Mouth(face));
        var (x, y) = (mouth.X - eyes.X, mouth.Y - eyes.Y);
        var along = ((face.Nose.X - eyes.X) * x) + ((face.Nose.Y - eyes.Y) * y);
        return along >= 0 && along <= (x * x) + (y * y);
    }

    private static FaceLandmarks Reorder(FaceLandmarks face, int[] order)
    {
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        face.CopyTo(numbers);
        Span<float> reordered = stackalloc float[FaceLandmarks.Numbers];
        for (var i = 0; i < order.Length; i++)
        {
            reordered[i] = numbers[order[i]];
        }

        return FaceLandmarks.FromNumbers(reordered);
    }

    // Below zero to the left; the class in the middle looks ahead.
    private static int Yaw(FaceAttributes attributes) => attributes[FaceAttribute.Pose] - (FaceAttribute.Pose.Classes.Count / 2);

    private static FacePoint Eyes(FaceLandmarks face) => new((face.LeftEye.X + face.RightEye.X) / 2, (face.LeftEye.Y + face.RightEye.Y) / 2);

    private static FacePoint Mouth(FaceLandmarks face) =>
        new((face.LeftMouthCorner.X + face.RightMouthCorner.X) / 2, (face.LeftMouthCorner.Y + face.RightMouthCorner.Y) / 2);

    /// <summary>Something that labels of a face do not show, or seldom.</summary>
    /// <param name="Words">What they have, after "has" or "have".</param>
    /// <param name="Shows">Whether a face shows it.</param>
    /// <param name="LooksAt">Which faces it can be told of; null for all.</param>
    /// <param name="LeastShare">The share of these from which on it is worth a warning.</param>
    private sealed record Oddity(string Words, Func<AnnotatedFace, bool> Shows, Func<AnnotatedFace, bool>? LooksAt = null, double LeastShare = 0)
    {
        public bool Applies(AnnotatedFace face) => LooksAt is null || LooksAt(face);
    }
}
