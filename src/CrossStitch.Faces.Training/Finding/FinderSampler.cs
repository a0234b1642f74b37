using CrossStitch.Faces.Crops;
using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>Cuts inputs of a finder out of photos. Each photo has randomness of its own, so that threads change nothing.</summary>
/// <param name="recipe">How many, and the seed.</param>
internal sealed class FinderSampler(FinderRecipe recipe)
{
    /// <summary>A face in an example is up to so many octaves larger or smaller than the nominal side: a level of a search and a bit more.</summary>
    private const double Octaves = 0.3;

    /// <summary>A face in an example is up to so many pixels off its middle: half a stride and a bit more.</summary>
    private const double Shift = 5;

    /// <summary>What overlaps a known face by more is neither face nor background.</summary>
    private const float BackgroundOverlap = 0.3f;

    /// <summary>Half of the faces are rotated by up to so many degrees.</summary>
    private const double Rotation = 25;

    /// <summary>Width and height of a drawn picture.</summary>
    private const int DrawnSide = 224;

    private const double ShareNearFace = 0.4;
    private const double SmallestSide = 14;

    private readonly FaceCropper _cropper = new(new CropSettings(FinderRecipe.Window, Margin: 0));

    /// <summary>With as much around the input as a rotation asks for.</summary>
    private readonly FaceCropper _wide = new(new CropSettings(FinderRecipe.Window, Margin: 7));

    /// <summary>Examples of the annotated faces.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="round">Which round: each has other ones.</param>
    /// <param name="cancellation">Stops it.</param>
    public List<FinderExample> Faces(IReadOnlyList<FinderPhoto> photos, int round, CancellationToken cancellation) =>
        Each(photos, (photo, number, examples) =>
        {
            var random = new SeededRandom((ulong)recipe.Seed, (ulong)round, (ulong)number, 1);
            for (var i = 0; i < recipe.ExamplesPerFace * (1 + photo.Turned); i++)
            {
                var scale = photo.Box.Side / FinderRecipe.NominalSide * (float)Math.Pow(2, random.NextBetween(-Octaves, Octaves));
                var x = photo.Box.CenterX + (scale * (float)random.NextBetween(-Shift, Shift));
                var y = photo.Box.CenterY + (scale * (float)random.NextBetween(-Shift, Shift));
                examples.Add(Face(photo, x, y, scale, random.NextBool() ? random.NextBetween(-Rotation, Rotation) : 0));
            }
        }, cancellation);

    /// <summary>Backgrounds drawn at random: some near the face, at other sizes or cut in two, the others anywhere.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="round">Which round: each has other ones.</param>
    /// <param name="cancellation">Stops it.</param>
    public List<FinderExample> Backgrounds(IReadOnlyList<FinderPhoto> photos, int round, CancellationToken cancellation) =>
        Each(photos, (photo, number, examples) =>
        {
            var random = new SeededRandom((ulong)recipe.Seed, (ulong)round, (ulong)number, 2);
            for (var (tries, wanted) = (20 * recipe.BackgroundsPerPhoto, examples.Count + recipe.BackgroundsPerPhoto); tries > 0 && examples.Count < wanted; tries--)
            {
                var box = photo.HasFace && random.NextBool(ShareNearFace) ? NearFace(photo.Box, random) : Anywhere(photo.Image, random);
                if (photo.Overlap(box) < BackgroundOverlap && FaceCropper.CanCut(box with { Side = InputSide(box.Side) }))
                {
                    examples.Add(Background(photo, box.CenterX, box.CenterY, box.Side / FinderRecipe.NominalSide));
                }
            }
        }, cancellation);

    /// <summary>Cuts photos around their faces: one of so many as the recipe says.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="round">Which round: each has other ones.</param>
    /// <param name="cancellation">Stops it.</param>
    public List<FinderPhoto> CloseUps(IReadOnlyList<FinderPhoto> photos, int round, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return [.. photos.Where((_, i) => (i + round) % recipe.PhotosPerCloseUp == 0).Select((photo, i) => CloseUp.Of(photo, new SeededRandom((ulong)recipe.Seed, (ulong)round, (ulong)i, 4)))];
    }

    /// <summary>Draws pictures without faces.</summary>
    /// <param name="count">How many.</param>
    /// <param name="round">Which round: each has other ones.</param>
    /// <param name="cancellation">Stops it.</param>
    public List<FinderPhoto> Drawn(int count, int round, CancellationToken cancellation)
    {
        var drawn = new FinderPhoto[count];
        Parallel.For(0, drawn.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            drawn[i] = FinderPhoto.WithoutFace($"drawn {i}", DrawnBackground.Draw(new SeededRandom((ulong)recipe.Seed, (ulong)round, (ulong)i, 3), DrawnSide)));
        return [.. drawn];
    }

    /// <summary>An input that a search took for a face.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="input">The square that the network saw.</param>
    public FinderExample Background(FinderPhoto photo, FaceBox input) => Background(photo, input.CenterX, input.CenterY, input.Side / FinderRecipe.Window);

    private static FaceBox NearFace(FaceBox face, SeededRandom random) => new(
        face.CenterX + (face.Side * (float)random.NextBetween(-0.9, 0.9)),
        face.CenterY + (face.Side * (float)random.NextBetween(-0.9, 0.9)),
        face.Side * (float)Math.Pow(2, random.NextBetween(-2.5, 2.5)),
        BoxSource.Reference);

    private static FaceBox Anywhere(GrayImage image, SeededRandom random)
    {
        var largest = Math.Max(SmallestSide, 1.2 * Math.Min(image.Width, image.Height));
        var side = SmallestSide * Math.Pow(largest / SmallestSide, random.NextDouble());
        return new((float)(random.NextDouble() * image.Width), (float)(random.NextDouble() * image.Height), (float)side, BoxSource.Reference);
    }

    private static List<FinderExample> Each(IReadOnlyList<FinderPhoto> photos, Action<FinderPhoto, int, List<FinderExample>> add, CancellationToken cancellation)
    {
        var all = new List<FinderExample>[photos.Count];
        Parallel.For(0, photos.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => add(photos[i], i, all[i] = []));
        return [.. all.SelectMany(some => some)];
    }

    private FinderExample Face(FinderPhoto photo, float x, float y, float scale, double degrees)
    {
        var nominal = scale * FinderRecipe.NominalSide;
        var (sin, cos) = ((float)Math.Sin(degrees * (Math.PI / 180)), (float)Math.Cos(degrees * (Math.PI / 180)));
        FacePoint InInput(FacePoint point)
        {
            var (right, down) = ((point.X - x) / nominal, (point.Y - y) / nominal);
            return new((cos * right) + (sin * down), (cos * down) - (sin * right));
        }

        var points = new float[FaceLandmarks.Numbers];
        photo.Landmarks.Map(InInput).CopyTo(points);
        var centre = InInput(new(photo.Box.CenterX, photo.Box.CenterY));
        return new FinderExample(
            degrees == 0 ? Crop(photo, x, y, scale) : Rotated(photo, x, y, scale, degrees),
            [centre.X, centre.Y, MathF.Log2(photo.Box.Side / nominal)],
            points);
    }

    private byte[] Rotated(FinderPhoto photo, float x, float y, float scale, double degrees)
    {
        var settings = _wide.Settings;
        var patch = new byte[settings.PatchSize * settings.PatchSize];
        _wide.Crop(photo.Image, new FaceBox(x, y, scale * FinderRecipe.Window, BoxSource.Reference), patch);
        var pixels = new float[FinderRecipe.Window * FinderRecipe.Window];
        new CropWarp(flip: false, 0, 0, scale: 1, degrees).Sample(patch, settings, pixels);
        return Array.ConvertAll(pixels, pixel => (byte)MathF.Round(pixel));
    }

    /// <summary>The side of the input in which a box is of the nominal side.</summary>
    private static float InputSide(float side) => side / FinderRecipe.NominalSide * FinderRecipe.Window;

    private FinderExample Background(FinderPhoto photo, float x, float y, float scale) => new(Crop(photo, x, y, scale), [], []);

    private byte[] Crop(FinderPhoto photo, float x, float y, float scale)
    {
        var pixels = new byte[FinderRecipe.Window * FinderRecipe.Window];
        _cropper.Crop(photo.Image, new FaceBox(x, y, scale * FinderRecipe.Window, BoxSource.Reference), pixels);
        return pixels;
    }
}
