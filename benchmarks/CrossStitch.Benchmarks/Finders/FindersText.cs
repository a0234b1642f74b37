using System.Globalization;
using System.Text;
using CrossStitch.Benchmarks.Machines;
using CrossStitch.Benchmarks.Reports;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>A comparison as Markdown, which is also what the console shows.</summary>
internal static class FindersText
{
    /// <summary>False boxes a scene that are borne: one in fifty.</summary>
    private const double RateOfScenes = 0.02;

    private static readonly double[] Rates = [0.01, 0.02, 0.05, 0.1];

    /// <summary>The whole text.</summary>
    /// <param name="options">What was compared.</param>
    /// <param name="machine">Where.</param>
    /// <param name="results">What came out; ours first.</param>
    public static string Of(FindersOptions options, Machine machine, IReadOnlyList<FinderResult> results)
    {
        var text = new StringBuilder("# Finders of faces\n");
        var load = machine.Load is { } value ? Invariant($", load {value:0.00} at the start") : "";
        text.Append(Invariant($"{machine.Processor}, {machine.Cores} cores, {machine.VectorBits}-bit vectors, {machine.System}, {machine.Runtime}, {DateTime.UtcNow:yyyy-MM-dd}{load}.\n\n"));
        text.Append($"```sh\n{options.Command}\n```\n\n");
        foreach (var result in results)
        {
            var fit = result.Entry.IsOurs ? "" : Invariant($"; boxes × {result.Entry.Fit.Scale:0.000}, moved by {result.Entry.Fit.Right:0.000} and {result.Entry.Fit.Down:0.000} of their side, as fits training pictures best");
            text.Append($"- {result.Entry.Name}: {result.Entry.Tuning}{fit}.\n");
        }

        text.Append($"- All look for boxes of 40 pixels and more, on one thread. A face is found where intersection over union is at least {PictureMatch.Enough.ToString(CultureInfo.InvariantCulture)}; every other box, also one around a face that nobody annotated, is false.\n\n");
        AppendSummary(text, results);
        AppendCurves(text, results);
        AppendPoses(text, results);
        AppendSizes(text, results);
        return text.ToString().TrimEnd() + "\n";
    }

    private static void AppendSummary(StringBuilder text, IReadOnlyList<FinderResult> results)
    {
        var first = results[0];
        text.Append("## In short\n");
        text.Append(Invariant($"At each finder's own threshold: found of {first.Fitted.Faces} test faces of MTFL (squares around the boxes of the file), with boxes as they are and as they fit, false boxes a picture; found of {first.Groups.Faces} faces of 40 pixels and more in {first.Groups.Pictures} photos, false boxes in all; false boxes in {first.Scenes.Pictures} photographed scenes and textures without faces, and in {first.Graphics.Pictures} drawings, texts and patterns; milliseconds a photo of {FinderTimes.Width} × {FinderTimes.Height}, median of alternating rounds (least to most).\n\n"));
        var table = new TextTable(1, "finder", "as it is", "fitted", "false", "photos", "false", "scenes", "graphics", "ms");
        foreach (var result in results)
        {
            var threshold = result.Entry.Threshold;
            var (median, least, most) = result.Milliseconds;
            table.Add(
                result.Entry.Name,
                Percent(result.Raw.Recall(threshold)),
                Percent(result.Fitted.Recall(threshold)),
                Invariant($"{(double)result.Fitted.False(threshold) / result.Fitted.Pictures:0.000}"),
                Invariant($"{result.Groups.Found(threshold)}"),
                Invariant($"{result.Groups.False(threshold)}"),
                Invariant($"{result.Scenes.False(threshold)}"),
                Invariant($"{result.Graphics.False(threshold)}"),
                double.IsNaN(median) ? "–" : Invariant($"{median:0.0} ({least:0.0}–{most:0.0})"));
        }

        table.AppendTo(text);
        foreach (var result in results)
        {
            var missed = result.Groups.Matches.Where(match => match.Faces.Any(face => !(face.Score >= result.Entry.Threshold))).Select(match => match.Picture).ToList();
            text.Append($"- {result.Entry.Name} misses faces in {(missed.Count == 0 ? "no photo" : string.Join(", ", missed))}.\n");
        }

        text.Append('\n');
    }

    private static void AppendCurves(StringBuilder text, IReadOnlyList<FinderResult> results)
    {
        text.Append("## Other thresholds\nFound of MTFL's test faces where the threshold lets so many false boxes a picture pass (boxes fitted), and the false boxes in scenes without faces at the same threshold.\n\n");
        var table = new TextTable(1, ["finder", .. Rates.Select(rate => Invariant($"{rate} false")), "scenes at 0.05"]);
        foreach (var result in results)
        {
            table.Add([result.Entry.Name, .. Rates.Select(rate => Percent(result.Fitted.Recall(result.Fitted.ThresholdOf(rate)))), Invariant($"{result.Scenes.False(result.Fitted.ThresholdOf(0.05))}")]);
        }

        table.AppendTo(text);
        text.Append(Invariant($"And where the threshold of each lets {RateOfScenes} false boxes a scene pass, as the scenes themselves say afterwards: found of MTFL's test faces and false boxes a picture, found of the faces in photos and false boxes there.\n\n"));
        var even = new TextTable(1, "finder", "threshold", "MTFL", "false", "photos", "false");
        foreach (var result in results)
        {
            var threshold = result.Scenes.ThresholdOf(RateOfScenes);
            even.Add(
                result.Entry.Name,
                Invariant($"{threshold:0.000}"),
                Percent(result.Fitted.Recall(threshold)),
                Invariant($"{(double)result.Fitted.False(threshold) / result.Fitted.Pictures:0.000}"),
                Invariant($"{result.Groups.Found(threshold)}"),
                Invariant($"{result.Groups.False(threshold)}"));
        }

        even.AppendTo(text);
    }

    private static void AppendPoses(StringBuilder text, IReadOnlyList<FinderResult> results)
    {
        text.Append("## By pose\nFound of MTFL's test faces at each finder's own threshold, boxes fitted.\n\n");
        var poses = FaceAttribute.Pose.Classes;
        var table = new TextTable(1, ["finder", .. poses.Select(pose => $"{pose} ({results[0].Fitted.Recall(0, face => face.Pose == pose).Faces})")]);
        foreach (var result in results)
        {
            table.Add([result.Entry.Name, .. poses.Select(pose => Percent(result.Fitted.Recall(result.Entry.Threshold, face => face.Pose == pose).Recall))]);
        }

        table.AppendTo(text);
    }

    private static void AppendSizes(StringBuilder text, IReadOnlyList<FinderResult> results)
    {
        text.Append(Invariant($"## By size\nFound of {results[0].Sizes[0].Scores.Faces} of them, each picture scaled so that the box has this side in pixels (false boxes a picture).\n\n"));
        var table = new TextTable(1, ["finder", .. results[0].Sizes.Select(size => Invariant($"{size.Side:0}"))]);
        foreach (var result in results)
        {
            var threshold = result.Entry.Threshold;
            table.Add([result.Entry.Name, .. result.Sizes.Select(size => Invariant($"{Percent(size.Scores.Recall(threshold))} ({(double)size.Scores.False(threshold) / size.Scores.Pictures:0.00})"))]);
        }

        table.AppendTo(text);
    }

    private static string Percent(double share) => Invariant($"{100 * share:0.0} %");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
