namespace CrossStitch.Benchmarks.Finders;

/// <summary>What a finder found in a set of pictures, at any threshold.</summary>
/// <param name="matches">Picture by picture.</param>
internal sealed class FinderScores(IReadOnlyList<PictureMatch> matches)
{
    private readonly float[] _false = [.. matches.SelectMany(match => match.False).Select(face => face.Score).OrderDescending()];

    /// <summary>How many pictures there are.</summary>
    public int Pictures => matches.Count;

    /// <summary>How many faces had to be found.</summary>
    public int Faces => matches.Sum(match => match.Faces.Count);

    /// <summary>The pictures.</summary>
    public IReadOnlyList<PictureMatch> Matches => matches;

    /// <summary>How many faces were found.</summary>
    /// <param name="threshold">By boxes of at least this score.</param>
    public int Found(float threshold) => matches.Sum(match => match.Faces.Count(face => face.Score >= threshold));

    /// <summary>How many boxes were false.</summary>
    /// <param name="threshold">Of boxes of at least this score.</param>
    public int False(float threshold) => _false.Count(score => score >= threshold);

    /// <summary>Share of the faces that were found.</summary>
    /// <param name="threshold">By boxes of at least this score.</param>
    public double Recall(float threshold) => (double)Found(threshold) / Faces;

    /// <summary>Share of some faces that were found.</summary>
    /// <param name="threshold">By boxes of at least this score.</param>
    /// <param name="which">The faces.</param>
    public (double Recall, int Faces) Recall(float threshold, Func<ExpectedFace, bool> which)
    {
        var some = matches.SelectMany(match => match.Faces).Where(face => which(face.Face)).ToList();
        return ((double)some.Count(face => face.Score >= threshold) / some.Count, some.Count);
    }

    /// <summary>The lowest threshold with at most so many false boxes a picture.</summary>
    /// <param name="rate">False boxes a picture.</param>
    public float ThresholdOf(double rate)
    {
        var allowed = (int)Math.Floor(rate * Pictures);
        return allowed < _false.Length ? MathF.BitIncrement(_false[allowed]) : 0;
    }
}
