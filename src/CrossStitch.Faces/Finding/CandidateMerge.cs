namespace CrossStitch.Faces.Finding;

/// <summary>
/// Non-maximum suppression: of candidates that overlap, the surest stands for the face, with the mean of the boxes and points
/// of those that overlap it the most, weighed by their scores.
/// </summary>
internal static class CandidateMerge
{
    /// <summary>Overlap (intersection over union) from which on two candidates are the same face.</summary>
    private const float Same = 0.3f;

    /// <summary>Overlap from which on a candidate has a say in the box.</summary>
    private const float Voting = 0.5f;

    /// <summary>Boxes may be a little smaller or larger than what is asked for: predicted sides scatter by about 8 %.</summary>
    private const float LeastShare = 0.85f;

    private const float MostShare = 1.15f;

    /// <summary>Candidates that are merged, at most, the surest ones; it bounds the work on a photo that is all faces to the network.</summary>
    private const int MostCandidates = 20_000;

    /// <summary>Merges.</summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="options">Which faces are wanted.</param>
    /// <returns>The faces, the surest first.</returns>
    public static List<FoundFace> Merge(IReadOnlyList<Candidate> candidates, FinderOptions options)
    {
        List<Candidate> sorted = [.. candidates.OrderByDescending(candidate => candidate.Score).Take(MostCandidates)];
        var faces = new List<FoundFace>();
        while (sorted.Count > 0 && faces.Count < options.MostFaces)
        {
            var best = sorted[0];
            var face = Mean([.. sorted.Where(other => BoxOverlap.Of(best.Box, other.Box) >= Voting)], best.Score);
            sorted.RemoveAll(other => other == best || BoxOverlap.Of(best.Box, other.Box) >= Same);
            if (face.Box.Side >= options.SmallestFace * LeastShare && face.Box.Side <= options.LargestFace * MostShare)
            {
                faces.Add(face);
            }
        }

        return faces;
    }

    private static FoundFace Mean(List<Candidate> votes, float score)
    {
        var weights = votes.Sum(vote => vote.Score);
        float Of(Func<Candidate, float> number) => votes.Sum(vote => vote.Score * number(vote)) / weights;
        var box = new FaceBox(Of(vote => vote.Box.CenterX), Of(vote => vote.Box.CenterY), Of(vote => vote.Box.Side), BoxSource.Detector);
        var points = new float[FaceLandmarks.Numbers];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = Of(vote => vote.Points[i]);
        }

        return new FoundFace(box, score, FaceLandmarks.FromNumbers(points));
    }
}
