using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>The best, the median and the worst faces of a network, with true and predicted landmarks drawn on them.</summary>
internal static class FaceFigure
{
    private const int Side = 150;
    private const int Each = 6;

    /// <summary>Draws the faces of the network with the lowest error.</summary>
    /// <returns>Null without predictions.</returns>
    public static Figure? Of(StudyView view)
    {
        var run = view.Best is { } best ? view.RunsOf(best).FirstOrDefault(run => run.Predictions.Tasks.ContainsKey(FaceTasks.Landmarks)) : null;
        if (run is null || view.Study.Domain.OpenTest(view.Study.Folder) is not FaceData { Faces: var faces } || faces.Count != run.Scores.Count)
        {
            return null;
        }

        var (errors, guesses) = (run.Scores[view.Main.Column].ToArray(), run.Predictions.Tasks[FaceTasks.Landmarks]);
        var order = Enumerable.Range(0, errors.Length).OrderBy(face => errors[face]).ToList();
        var each = Math.Min(Each, order.Count / 3);
        var shown = each == 0
            ? order.Select(face => ("face", face))
            : order.Take(each).Select(face => ("best", face))
                .Concat(order.Skip((order.Count - each) / 2).Take(each).Select(face => ("median", face)))
                .Concat(order.TakeLast(each).Reverse().Select(face => ("worst", face)));
        return new Figure(
            "faces",
            $"The best, the median and the worst faces of {run.Variant.Name}",
            $"Test faces by their mean error (in % of the box width, seed {run.Result.Seed}); the thin square is the box, which is all that the network sees. What the worst have in common, such as profiles, hidden eyes or a wrong box, is what the mean does not say.",
            $"Errors from {ResultText.Percent(errors[order[0]])} % (best) over {ResultText.Percent(errors[order[order.Count / 2]])} % (median) to {ResultText.Percent(errors[order[^1]])} % (worst) of the box width.",
            [.. shown.Select(face => new FigurePanel($"{face.Item1}, {ResultText.Percent(errors[face.Item2], 1)} %", Side, Side, canvas =>
                Draw(canvas, faces, face.Item2, FaceLandmarks.FromNumbers(guesses.AsSpan(face.Item2 * FaceLandmarks.Numbers, FaceLandmarks.Numbers)))))],
            [new FigureKey(FigureMark.Ring, FigurePalette.Truth, "true"), new FigureKey(FigureMark.Cross, FigurePalette.Guess, "predicted")])
        { Columns = Math.Max(1, each), ShowsExamples = true };
    }

    private static void Draw(SKCanvas canvas, FaceCropSet faces, int index, FaceLandmarks guess)
    {
        var size = faces.Settings.PatchSize;
        using var bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Gray8, SKAlphaType.Opaque));
        faces.Patch(index).CopyTo(bitmap.GetPixelSpan());
        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, SKRect.Create(Side, Side), new SKSamplingOptions(SKCubicResampler.Mitchell));
        var scale = (float)Side / size;
        var margin = faces.Settings.Margin * scale;
        var box = faces.Settings.Size * scale;
        using var frame = new SKPaint { Color = new SKColor(255, 255, 255, 90), IsStroke = true, StrokeWidth = 1, IsAntialias = true };
        canvas.DrawRect(margin, margin, box, box, frame);
        using var halo = new SKPaint { Color = new SKColor(10, 10, 10, 160), IsStroke = true, StrokeWidth = 3.5f, IsAntialias = true };
        using var truth = new SKPaint { Color = FigureDrawing.Of(FigurePalette.Truth), IsStroke = true, StrokeWidth = 1.75f, IsAntialias = true };
        using var predicted = new SKPaint { Color = FigureDrawing.Of(FigurePalette.Guess), IsStroke = true, StrokeWidth = 1.75f, IsAntialias = true };
        foreach (var landmark in Enum.GetValues<Landmark>())
        {
            var (at, said) = (Place(faces[index].Landmarks[landmark]), Place(guess[landmark]));
            foreach (var paint in new[] { halo, truth })
            {
                canvas.DrawCircle(at, 4.5f, paint);
            }

            foreach (var paint in new[] { halo, predicted })
            {
                canvas.DrawLine(said.X - 4, said.Y - 4, said.X + 4, said.Y + 4, paint);
                canvas.DrawLine(said.X - 4, said.Y + 4, said.X + 4, said.Y - 4, paint);
            }
        }

        SKPoint Place(FacePoint point) => new(margin + (point.X * box), margin + (point.Y * box));
    }
}
