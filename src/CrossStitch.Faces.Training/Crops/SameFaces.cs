namespace CrossStitch.Faces.Training.Crops;

/// <summary>
/// Finds faces again among others, whatever they are called and whichever box they were cropped by. A face is the same
/// where it lies at the same place of a picture with the same pixels, or where its landmarks are the same to half a
/// pixel: that is so in a copy of the picture that was saved anew.
/// </summary>
/// <remarks>
/// Labels may have been rounded or made by somebody else, so in the same picture the middles of the landmarks may be half
/// the distance of the eyes apart; two faces beside one another are further. In MTFL no test face is the same as a
/// training face, and five of the 10,000 training faces are the same as another.
/// </remarks>
public sealed class SameFaces
{
    private const float LandmarkTolerance = 0.5f;
    private const float MiddleTolerance = 0.5f;

    // The landmarks that a face is looked up by: eyes, of which each number falls into a cell of a pixel or the one beside.
    private const int KeyNumbers = 4;

    private readonly Dictionary<ulong, List<int>> _byPicture = [];
    private readonly Dictionary<(int, int, int, int), List<int>> _byEyes = [];
    private readonly List<KnownFace> _faces = [];

    /// <summary>The faces that are known, in the order in which they were added.</summary>
    public IReadOnlyList<KnownFace> Faces => _faces;

    /// <summary>Makes a face known.</summary>
    /// <param name="face">The face.</param>
    public void Add(KnownFace face)
    {
        if (face.Picture != 0)
        {
            Put(_byPicture, face.Picture, _faces.Count);
        }

        Put(_byEyes, Cells(face.Landmarks, 0, 0), _faces.Count);
        _faces.Add(face);
    }

    /// <summary>Looks for a face among the known ones.</summary>
    /// <param name="face">The face.</param>
    /// <returns>The place of the same face in <see cref="Faces"/>; -1 if there is none.</returns>
    public int Find(KnownFace face)
    {
        if (face.Picture != 0 && _byPicture.TryGetValue(face.Picture, out var pictured)
            && pictured.FindIndex(i => IsSamePlace(face.Landmarks, _faces[i].Landmarks)) is >= 0 and var place)
        {
            return pictured[place];
        }

        for (var sides = 0; sides < 1 << KeyNumbers; sides++)
        {
            if (_byEyes.TryGetValue(Cells(face.Landmarks, LandmarkTolerance, sides), out var near)
                && near.FindIndex(i => HasSameLandmarks(face.Landmarks, _faces[i].Landmarks)) is >= 0 and var at)
            {
                return near[at];
            }
        }

        return -1;
    }

    private static void Put<T>(Dictionary<T, List<int>> lists, T key, int value)
        where T : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        list.Add(value);
    }

    private static (int, int, int, int) Cells(FaceLandmarks face, float tolerance, int sides)
    {
        int Cell(float number, int bit) => (int)MathF.Floor(number + ((sides & bit) == 0 ? -tolerance : tolerance));
        return (Cell(face.LeftEye.X, 1), Cell(face.LeftEye.Y, 2), Cell(face.RightEye.X, 4), Cell(face.RightEye.Y, 8));
    }

    private static bool HasSameLandmarks(FaceLandmarks one, FaceLandmarks other)
    {
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            var (a, b) = (one[(Landmark)i], other[(Landmark)i]);
            if (MathF.Abs(a.X - b.X) > LandmarkTolerance || MathF.Abs(a.Y - b.Y) > LandmarkTolerance)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSamePlace(FaceLandmarks one, FaceLandmarks other) =>
        Middle(one).DistanceTo(Middle(other)) <= MiddleTolerance * MathF.Max(one.InterOcularDistance, other.InterOcularDistance);

    private static FacePoint Middle(FaceLandmarks face)
    {
        var (x, y) = (0f, 0f);
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            x += face[(Landmark)i].X / FaceLandmarks.Count;
            y += face[(Landmark)i].Y / FaceLandmarks.Count;
        }

        return new(x, y);
    }
}
