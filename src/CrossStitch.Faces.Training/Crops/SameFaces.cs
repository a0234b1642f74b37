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

    // All landmark numbers together make the key of a face, each by the cell it falls into. Of so many pixels a cell is small
    // enough to part the faces of a data set that are aligned to have their eyes at one place, and large enough for most
    // numbers not to have the border of a cell within the tolerance: where one has, both cells are looked into.
    private const double Cell = 3;
    private const double Rounding = 0.001;

    // More faces than the fullest picture of a crowd shows. Beyond these, in one picture or with landmarks in the same cells,
    // faces are not compared: with a hundred thousand faces in one blank picture it would take hours.
    private const int MostCompared = 5000;

    private readonly Dictionary<ulong, List<int>> _byPicture = [];
    private readonly Dictionary<int, List<int>> _byLandmarks = [];
    private readonly List<KnownFace> _faces = [];

    // Of each known face the middle of its landmarks, and how far from there the same face may be.
    private readonly List<(FacePoint Middle, float Reach)> _places = [];

    private readonly int _mostCompared;

    /// <summary>Creates it, without a known face.</summary>
    public SameFaces()
        : this(MostCompared)
    {
    }

    /// <summary>Creates it with another bound of comparisons for a face.</summary>
    internal SameFaces(int mostCompared) => _mostCompared = mostCompared;

    /// <summary>The faces that are known, in the order in which they were added.</summary>
    public IReadOnlyList<KnownFace> Faces => _faces;

    /// <summary>How many pairs of faces were compared so far.</summary>
    internal long Compared { get; private set; }

    /// <summary>Makes a face known.</summary>
    /// <param name="face">The face.</param>
    public void Add(KnownFace face)
    {
        if (face.Picture != 0)
        {
            Put(_byPicture, face.Picture, _faces.Count);
        }

        foreach (var key in Keys(face.Landmarks, 0))
        {
            Put(_byLandmarks, key, _faces.Count);
        }

        _faces.Add(face);
        _places.Add(Place(face.Landmarks));
    }

    /// <summary>Looks for a face among the known ones.</summary>
    /// <param name="face">The face.</param>
    /// <returns>The place of the same face in <see cref="Faces"/>; -1 if there is none.</returns>
    public int Find(KnownFace face)
    {
        if (face.Picture != 0 && _byPicture.TryGetValue(face.Picture, out var pictured))
        {
            var (middle, reach) = Place(face.Landmarks);
            foreach (var i in pictured)
            {
                Compared++;
                if (middle.DistanceTo(_places[i].Middle) <= MathF.Max(reach, _places[i].Reach))
                {
                    return i;
                }
            }
        }

        var most = Compared + _mostCompared;
        foreach (var key in Keys(face.Landmarks, LandmarkTolerance + Rounding))
        {
            foreach (var i in _byLandmarks.GetValueOrDefault(key) ?? [])
            {
                if (Compared++ >= most)
                {
                    return -1;
                }

                if (HasSameLandmarks(face.Landmarks, _faces[i].Landmarks))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private void Put<T>(Dictionary<T, List<int>> lists, T key, int value)
        where T : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        if (list.Count < _mostCompared)
        {
            list.Add(value);
        }
    }

    /// <summary>A hash of the cells that the numbers fall into; of all combinations where some are near the border of one.</summary>
    private static IEnumerable<int> Keys(FaceLandmarks face, double tolerance)
    {
        var numbers = new float[FaceLandmarks.Numbers];
        face.CopyTo(numbers);
        var low = Array.ConvertAll(numbers, number => (int)Math.Floor((number - tolerance) / Cell));
        var high = Array.ConvertAll(numbers, number => (int)Math.Floor((number + tolerance) / Cell));
        var near = low.Zip(high).Count(cells => cells.First != cells.Second);
        for (var sides = 0; sides < 1 << near; sides++)
        {
            var key = default(HashCode);
            for (int i = 0, bit = 0; i < low.Length; i++)
            {
                key.Add(low[i] != high[i] && (sides & (1 << bit++)) != 0 ? high[i] : low[i]);
            }

            yield return key.ToHashCode();
        }
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

    private static (FacePoint Middle, float Reach) Place(FaceLandmarks face) => (Middle(face), MiddleTolerance * face.InterOcularDistance);

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
