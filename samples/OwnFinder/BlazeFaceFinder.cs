using CrossStitch.Faces;
using CrossStitch.Faces.Finding;

namespace OwnFinder;

/// <summary>
/// BlazeFace as a finder. The network looks at one square and misses faces that are small in it; so it is shown the photo in
/// several sizes, in squares that overlap by half, unless it shall see the photo once, as a whole.
/// </summary>
internal sealed class BlazeFaceFinder : IFaceFinder, IDisposable
{
    /// <summary>About the side of the smallest face that the network finds well, in pixels of its square.</summary>
    public const float GoodSide = 24;

    /// <summary>Share of the square that the photo takes at most at the last size: what fills a square is missed as well.</summary>
    private const float LastShare = 0.75f;

    /// <summary>Overlap (intersection over union) from which on two boxes are the same face.</summary>
    private const float Same = 0.3f;

    /// <summary>Pixels from an edge of the square, where the photo goes on: what reaches so near is cut off and left to another square.</summary>
    private const float Edge = 2;

    private readonly BlazeFaceModel _model;
    private readonly float? _smallest;
    private readonly BoxFit _fit;

    /// <summary>Reads the network's file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fit">From its boxes to the wanted ones.</param>
    /// <param name="smallest">
    /// So large, in pixels of the square, is the smallest wanted face at the first size of the photo, such as
    /// <see cref="GoodSide"/>; null to show the photo once, as a whole.
    /// </param>
    /// <param name="threads">Threads that share a square.</param>
    public BlazeFaceFinder(string path, BoxFit fit, float? smallest, int threads = 1) =>
        (_model, _fit, _smallest) = (new BlazeFaceModel(path, threads), fit, smallest);

    /// <summary>The score that the network's authors recommend.</summary>
    public static float DefaultScore => 0.75f;

    /// <inheritdoc/>
    public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new FinderOptions();
        var longer = Math.Max(photo.Width, photo.Height);
        var last = (_smallest is null ? 1f : LastShare) * _model.Side / longer;
        var minimum = options.MinimumScore ?? DefaultScore;
        var found = new List<FoundFace>();
        var square = new float[_model.Side * _model.Side * ColorLevel.Channels];
        for (var scale = _smallest is { } side ? MathF.Max(last, side / options.SmallestFace) : last; ; scale = MathF.Max(last, scale / 2))
        {
            var level = new ColorLevel(photo, scale);
            foreach (var top in Starts(level.Height))
            {
                foreach (var left in Starts(level.Width))
                {
                    cancellation.ThrowIfCancellationRequested();
                    level.CopyTo(left, top, _model.Side, square);
                    found.AddRange(_model.Look(square, minimum).Where(face => IsWhole(face.Box, left, top, level)).Select(face => face with
                    {
                        Box = _fit.Apply(face.Box with { CenterX = (face.Box.CenterX + left) / scale, CenterY = (face.Box.CenterY + top) / scale, Side = face.Box.Side / scale }),
                    }));
                }
            }

            if (scale <= last)
            {
                return Merge(found, options);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    /// <summary>Where squares begin that cover a length, each at most half a square after the one before.</summary>
    private IEnumerable<int> Starts(int length)
    {
        var room = length - _model.Side;
        var steps = room <= 0 ? 0 : (int)Math.Ceiling(2.0 * room / _model.Side);
        return Enumerable.Range(0, steps + 1).Select(i => steps == 0 ? 0 : (int)Math.Round((double)room * i / steps));
    }

    private bool IsWhole(FaceBox box, int left, int top, ColorLevel level) =>
        (left == 0 || box.Left >= Edge)
        && (top == 0 || box.Top >= Edge)
        && (left + _model.Side >= level.Width || box.Left + box.Side <= _model.Side - Edge)
        && (top + _model.Side >= level.Height || box.Top + box.Side <= _model.Side - Edge);

    /// <summary>Of boxes that overlap, their mean, weighed by their scores, with the best score.</summary>
    private static List<FoundFace> Merge(List<FoundFace> found, FinderOptions options)
    {
        var faces = new List<FoundFace>();
        var rest = found.OrderByDescending(face => face.Score).ToList();
        while (rest.Count > 0 && faces.Count < options.MostFaces)
        {
            var best = rest[0];
            var same = rest.Where(face => face == best || BoxOverlap.Of(face.Box, best.Box) >= Same).ToList();
            rest.RemoveAll(same.Contains);
            var weight = same.Sum(face => face.Score);
            float Mean(Func<FaceBox, float> number) => same.Sum(face => face.Score * number(face.Box)) / weight;
            var box = new FaceBox(Mean(box => box.CenterX), Mean(box => box.CenterY), Mean(box => box.Side), BoxSource.Detector);
            if (box.Side >= 0.85f * options.SmallestFace && box.Side <= options.LargestFace)
            {
                faces.Add(best with { Box = box });
            }
        }

        return faces;
    }
}
