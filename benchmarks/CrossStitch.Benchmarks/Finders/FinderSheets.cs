using CrossStitch.Faces;
using SkiaSharp;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>Pictures to look at: a finder's surest false boxes, and faces that it missed. They show people, so they stay outside the repository.</summary>
internal static class FinderSheets
{
    private const int Most = 60;
    private const int Columns = 10;
    private const int Cell = 160;
    private const int Text = 26;

    /// <summary>What of a cell the box takes.</summary>
    private const float Share = 0.6f;

    /// <summary>Writes a finder's sheets, one of each set of pictures.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="result">What the finder did.</param>
    /// <param name="test">The archive's test pictures.</param>
    /// <param name="listed">The pictures of public packages.</param>
    public static void Write(string folder, FinderResult result, IEnumerable<FinderPicture> test, ListedPictures listed)
    {
        Directory.CreateDirectory(folder);
        var name = result.Entry.Name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-');
        void Sheet(string kind, IEnumerable<(string Picture, FaceBox Box, string Text)> boxes, IEnumerable<FinderPicture> pictures)
        {
            var some = boxes.Take(Most).ToList();
            if (some.Count > 0)
            {
                Draw(Path.Combine(folder, $"{name}-{kind}.png"), some, pictures);
            }
        }

        Sheet("mtfl-false", False(result.Fitted), test);
        Sheet("mtfl-missed", Missed(result.Fitted, result.Entry.Threshold), test);
        Sheet("groups-false", False(result.Groups), listed.Groups);
        Sheet("groups-missed", Missed(result.Groups, result.Entry.Threshold), listed.Groups);
        Sheet("scenes-false", False(result.Scenes), listed.Scenes);
        Sheet("graphics-false", False(result.Graphics), listed.Graphics);
    }

    private static IEnumerable<(string, FaceBox, string)> False(FinderScores scores) => scores.Matches
        .SelectMany(match => match.False.Select(face => (match.Picture, face.Box, face.Score)))
        .OrderByDescending(box => box.Score)
        .Select(box => (box.Picture, box.Box, FormattableString.Invariant($"{box.Score:0.00} {box.Box.Side:0} px")));

    private static IEnumerable<(string, FaceBox, string)> Missed(FinderScores scores, float threshold) => scores.Matches
        .SelectMany(match => match.Faces.Where(face => !(face.Score >= threshold)).Select(face => (match.Picture, face.Face.Box, face.Score)))
        .OrderBy(face => face.Score ?? 0)
        .Select(face => (face.Picture, face.Box, FormattableString.Invariant($"{face.Score:0.00} {face.Box.Side:0} px")));

    private static void Draw(string file, List<(string Picture, FaceBox Box, string Text)> boxes, IEnumerable<FinderPicture> pictures)
    {
        var rows = (boxes.Count + Columns - 1) / Columns;
        using var sheet = new SKBitmap(Columns * Cell, rows * (Cell + Text));
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        using var font = new SKFont(SKTypeface.Default, 10);
        using var ink = new SKPaint { Color = SKColors.Black };
        using var frame = new SKPaint { Color = SKColors.Red, Style = SKPaintStyle.Stroke };
        var wanted = boxes.Select((box, place) => (box, place)).ToLookup(pair => pair.box.Picture);
        foreach (var picture in pictures.Where(picture => wanted.Contains(picture.Name)))
        {
            using var bitmap = picture.ToBitmap();
            using var image = SKImage.FromBitmap(bitmap);
            foreach (var ((_, box, text), place) in wanted[picture.Name])
            {
                var (x, y) = (place % Columns * Cell, place / Columns * (Cell + Text));
                var side = box.Side / Share;
                var source = SKRect.Create(box.CenterX - (side / 2), box.CenterY - (side / 2), side, side);
                canvas.DrawImage(image, source, SKRect.Create(x, y, Cell, Cell), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
                canvas.DrawRect(x + (Cell * (1 - Share) / 2), y + (Cell * (1 - Share) / 2), Cell * Share, Cell * Share, frame);
                canvas.DrawText(text, x + 2, y + Cell + 11, font, ink);
                canvas.DrawText(Path.GetFileName(picture.Name), x + 2, y + Cell + 22, font, ink);
            }
        }

        using var encoded = sheet.Encode(SKEncodedImageFormat.Png, 100);
        using var stream = File.Create(file);
        encoded.SaveTo(stream);
    }
}
