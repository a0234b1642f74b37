using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Finding;

/// <summary>What a finder's heads say, in pixels of the photo.</summary>
internal sealed class FinderHeads
{
    private readonly int _face;
    private readonly int _box;
    private readonly int _landmarks;

    /// <summary>Finds the heads.</summary>
    /// <param name="model">A network that <see cref="FinderModel.Check"/> has let pass.</param>
    public FinderHeads(NetworkModel model)
    {
        int Place(string name) => model.Heads.Select((head, i) => (head.Name, i)).First(head => head.Name == name).i;
        (_face, _box, _landmarks) = (Place(FaceFinder.FaceHead), Place(FaceFinder.BoxHead), Place(FaceFinder.LandmarksHead));
    }

    /// <summary>Reads one place or example.</summary>
    /// <param name="output">The heads' numbers.</param>
    /// <param name="at">Which.</param>
    /// <param name="x">The middle of its input, in pixels of the photo.</param>
    /// <param name="y">The same, down.</param>
    /// <param name="nominal">The nominal side of a box there, in pixels of the photo.</param>
    /// <param name="input">The square that the network saw.</param>
    /// <param name="minimumScore">The lowest score that is wanted.</param>
    /// <returns>Null where the score is lower or a number is not finite.</returns>
    public Candidate? Read(NetworkOutput output, int at, float x, float y, float nominal, FaceBox input, float minimumScore)
    {
        var face = output[_face].Slice(2 * at, 2);
        var score = 1 / (1 + MathF.Exp(face[0] - face[1]));
        if (!(score >= minimumScore))
        {
            return null;
        }

        var box = output[_box].Slice(at * FinderModel.BoxNumbers, FinderModel.BoxNumbers);
        var found = new FaceBox(x + (box[0] * nominal), y + (box[1] * nominal), nominal * MathF.Pow(2, Math.Clamp(box[2], -2, 2)), BoxSource.Detector);
        var points = output[_landmarks].Slice(at * FaceLandmarks.Numbers, FaceLandmarks.Numbers).ToArray();
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = (i < FaceLandmarks.Count ? x : y) + (points[i] * nominal);
        }

        return float.IsFinite(found.CenterX + found.CenterY + found.Side + points.Sum()) ? new Candidate(found, score, points, input) : null;
    }
}
