using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using OwnFinder;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>All finders on the same pictures.</summary>
internal static class FinderComparison
{
    /// <summary>The score from which on boxes are kept, to see what other thresholds would do.</summary>
    private const float Least = 0.15f;

    /// <summary>Of so many training pictures one tells how a finder's boxes differ.</summary>
    private const int EveryToFit = 20;

    /// <summary>Of so many test pictures one is scaled.</summary>
    private const int EveryToScale = 6;

    private static readonly float[] Sides = [48, 64, 96, 192, 384];

    /// <summary>Compares.</summary>
    /// <param name="options">What, and on what.</param>
    /// <param name="log">Receives what is done, line by line.</param>
    /// <exception cref="CrossStitchException">Something of it cannot be read.</exception>
    public static List<FinderResult> Run(FindersOptions options, Action<string> log)
    {
        using var archive = MtflArchive.Open(options.Data);
        var mtfl = new MtflPictures(archive, BoxFile.Read(options.Boxes));
        var listed = ListedPictures.Read(options.Lists, options.Pictures);
        var team = FinderTeam.Start(options, log);
        try
        {
            var timed = listed.Groups.Where(picture => picture.Name.StartsWith("sample", StringComparison.Ordinal)).Select(picture => picture.Covering(FinderTimes.Width, FinderTimes.Height)).ToList();
            var times = FinderTimes.Measure(team, timed, options.Rounds);
            team.Zip(times).ToList().ForEach(pair => log(FormattableString.Invariant($"{pair.First.Name}: {pair.Second.Median:0.00} ms")));
            return [.. team.Zip(times).Select(pair => Result(pair.First, pair.Second, mtfl, listed, options, log))];
        }
        finally
        {
            team.ForEach(entry => entry.Dispose());
        }
    }

    private static FinderResult Result(FinderEntry entry, (double Median, double Least, double Most) time, MtflPictures mtfl, ListedPictures listed, FindersOptions options, Action<string> log)
    {
        var key = FormattableString.Invariant($"{entry.Tuning} {listed.Key} every {options.Every} {EveryToScale} {string.Join(' ', Sides)}");

        // Ours is never kept: its code changes, and its files may while their name stays.
        var cache = new FinderCache(entry.IsOurs ? null : options.Cache);
        var result = new FinderResult(entry, cache.Get(entry.Name, key, () => Finds(entry, key, mtfl, listed, options)), time);
        log(FormattableString.Invariant($"{entry.Name}: {100 * result.Fitted.Recall(entry.Threshold):0.0} % found of {result.Fitted.Faces}, {result.Fitted.False(entry.Threshold)} false; groups {result.Groups.Found(entry.Threshold)} of {result.Groups.Faces}, {result.Groups.False(entry.Threshold)} false; {result.Scenes.False(entry.Threshold)} false in {result.Scenes.Pictures} scenes, {result.Graphics.False(entry.Threshold)} in {result.Graphics.Pictures} graphics; {result.Entry.Fit}"));
        if (options.Sheets is { } folder)
        {
            FinderSheets.Write(folder, result, mtfl.Of(MtflSplit.Testing, options.Every), listed);
        }

        return result;
    }

    private static FinderFinds Finds(FinderEntry entry, string key, MtflPictures mtfl, ListedPictures listed, FindersOptions options)
    {
        var fit = entry.IsOurs ? BoxFit.None : BoxFitting.Of(mtfl.Of(MtflSplit.Training, EveryToFit)
            .Select(picture => (picture, entry.Finder.Find(picture.Photo, new FinderOptions { MinimumScore = entry.Threshold }))));
        List<PictureMatch> Matches(IEnumerable<FinderPicture> pictures) => [.. pictures.Select(picture => PictureMatch.Of(picture, Find(entry, picture), fit))];
        var test = mtfl.Of(MtflSplit.Testing, options.Every).Select(picture => (Picture: picture, Found: Find(entry, picture))).Select(pair =>
            (Raw: PictureMatch.Of(pair.Picture, pair.Found, BoxFit.None), Fitted: PictureMatch.Of(pair.Picture, pair.Found, fit))).ToList();
        return new(
            key,
            fit,
            test.ConvertAll(pair => pair.Raw),
            test.ConvertAll(pair => pair.Fitted),
            [.. Sides.Select(side => new SizeFinds(side, Matches(mtfl.Of(MtflSplit.Testing, options.Every * EveryToScale).Select(picture => picture.Scaled(side / picture.Faces[0].Box.Side)))))],
            Matches(listed.Groups),
            Matches(listed.Scenes),
            Matches(listed.Graphics));
    }

    private static IReadOnlyList<FoundFace> Find(FinderEntry entry, FinderPicture picture) =>
        entry.Finder.Find(picture.Photo, new FinderOptions { MinimumScore = MathF.Min(Least, entry.Threshold) });
}
