using CrossStitch.Export;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Finding;
using CrossStitch.Faces.Training.Synthetic;
using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Tests.Finding;

/// <summary>The training of a finder, from drawn photos and small.</summary>
public sealed class FinderTrainingTests
{
    private static readonly FinderRecipe Quick = new()
    {
        Channels = [8, 8, 16, 16],
        Rounds = 2,
        Epochs = 1,
        ExamplesPerFace = 2,
        BackgroundsPerPhoto = 4,
        Threads = 1,
    };

    [Fact]
    public void The_same_recipe_and_photos_give_the_same_bytes_and_a_finder_that_runs()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var zip = Path.Combine(folder.FullName, "drawn.zip");
            var data = new MtflData(zip, DrawnArchive.Write(zip, training: 30, testing: 2, seed: 1));
            var rounds = new List<FinderRound>();
            var model = FinderTraining.Run(data, Quick, rounds.Add, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal([1, 2], rounds.Select(round => round.Round));
            Assert.All(rounds, round => Assert.Equal(3, round.Validation.Photos));
            var again = FinderTraining.Run(data, Quick, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(ModelExport.ToBytes(model), ModelExport.ToBytes(again));
            using var finder = new FaceFinder(model);
            Assert.InRange(finder.Threshold, 0.5f, 1);
            using var archive = MtflArchive.Open(zip);
            Assert.StartsWith("image,x1,y1,x2,y2,score\n", FoundBoxes.Text(archive, finder, cancellation: TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_example_of_a_face_has_its_box_and_points_where_the_picture_shows_them()
    {
        // One white pixel block at each point: wherever a face is moved, scaled or rotated to, there it is bright.
        var photo = Marked();
        var examples = new FinderSampler(Quick with { ExamplesPerFace = 40 }).Faces([photo], round: 1, CancellationToken.None);
        Assert.Equal(40, examples.Count);
        foreach (var example in examples)
        {
            for (var i = 0; i < FaceLandmarks.Count; i++)
            {
                var x = (int)((example.Points[i] * FinderRecipe.NominalSide) + (FinderRecipe.Window / 2f));
                var y = (int)((example.Points[FaceLandmarks.Count + i] * FinderRecipe.NominalSide) + (FinderRecipe.Window / 2f));
                Assert.True(example.Pixels[(y * FinderRecipe.Window) + x] > 100, $"point {i} at {x}, {y}");
            }

            Assert.InRange(example.Box[2], -0.31, 0.31);
            Assert.InRange(MathF.Abs(example.Box[0]), 0, 0.26f);
        }
    }

    [Fact]
    public void A_close_up_is_filled_by_its_face_which_is_where_box_and_points_say()
    {
        var photo = Marked() with { OtherBoxes = [new FaceBox(40, 40, 30, BoxSource.Detector)] };
        var borders = 0;
        for (var seed = 0UL; seed < 40; seed++)
        {
            var cut = CloseUp.Of(photo, new SeededRandom(seed));
            var (moveX, moveY) = (cut.Box.CenterX - photo.Box.CenterX, cut.Box.CenterY - photo.Box.CenterY);
            Assert.Equal(photo.Box.Side, cut.Box.Side);
            Assert.Equal(photo.Landmarks.Map(point => new(point.X + moveX, point.Y + moveY)), cut.Landmarks);
            Assert.Equal((40 + moveX, 40 + moveY), (cut.OtherBoxes[0].CenterX, cut.OtherBoxes[0].CenterY));
            Assert.All(Enum.GetValues<Landmark>(), landmark => Assert.Equal(255, cut.Image.Row((int)cut.Landmarks[landmark].Y)[(int)cut.Landmarks[landmark].X]));

            // With a border, a quarter of the cut on each side, of the mean gray level: neither black nor white.
            var hasBorder = cut.Image.Row(0)[0] is not (0 or 255);
            borders += hasBorder ? 1 : 0;
            Assert.InRange(cut.Image.Width / (cut.Box.Side * (hasBorder ? 1.5f : 1)), 0.9f, 1.6f);
        }

        Assert.InRange(borders, 10, 30);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(3_000_000)]
    public void A_close_up_of_a_face_beyond_its_picture_ends_where_the_picture_does(float side)
    {
        var photo = Marked() with { Box = new FaceBox(10, 195, side, BoxSource.Detector) };
        for (var seed = 0UL; seed < 40; seed++)
        {
            var cut = CloseUp.Of(photo, new SeededRandom(seed));
            Assert.InRange(cut.Image.Width, 1, 200 + (2 * 200));
            Assert.InRange(cut.Image.Height, 1, 200 + (2 * 200));
            Assert.Equal(side, cut.Box.Side);
        }
    }

    [Fact]
    public void A_background_overlaps_no_face()
    {
        var photo = Marked() with { OtherBoxes = [new FaceBox(40, 40, 30, BoxSource.Detector)] };
        var sampler = new FinderSampler(Quick with { BackgroundsPerPhoto = 50 });
        var backgrounds = sampler.Backgrounds([photo, photo], round: 1, CancellationToken.None);
        Assert.Equal(100, backgrounds.Count);
        Assert.All(backgrounds, example => Assert.False(example.IsFace));
        Assert.Equal(backgrounds.Select(example => example.Pixels), sampler.Backgrounds([photo, photo], round: 1, CancellationToken.None).Select(example => example.Pixels));
    }

    [Fact]
    public void Backgrounds_of_a_photo_whose_box_is_a_million_pixels_wide_can_be_cut()
    {
        var photo = Marked() with { Box = new FaceBox(0, 0, 1_800_000, BoxSource.Detector) };
        var backgrounds = new FinderSampler(Quick with { BackgroundsPerPhoto = 50 }).Backgrounds([photo], round: 1, CancellationToken.None);
        Assert.Equal(50, backgrounds.Count);
    }

    [Fact]
    public void Recall_false_boxes_and_thresholds_are_as_counted_by_hand()
    {
        var measure = new FinderMeasure(4, [0.9f, 0.8f, 0, 0.3f], [0.7f, 0.95f, 0.2f]);
        Assert.Equal(0.5, measure.Recall(0.5f));
        Assert.Equal(0.75, measure.Recall(0));
        Assert.Equal(0.5, measure.FalseBoxes(0.5f));
        Assert.Equal(MathF.BitIncrement(0.7f), measure.ThresholdFor(0.25));
        Assert.Equal(MathF.BitIncrement(0.95f), measure.ThresholdFor(0));
        Assert.Equal(0.5f, measure.ThresholdFor(0.75, least: 0.5f));
    }

    [Fact]
    public void The_finder_in_the_package_finds_real_faces()
    {
        using var archive = RealFaces.Open();
        var photos = FinderPhotos.Load(archive, MtflSplit.Testing, RealFaces.Boxes(), skipInvalid: true, null, TestContext.Current.CancellationToken);
        using var finder = FaceFinder.LoadDefault();
        var some = photos.Where((_, i) => i % 10 == 0).ToList();
        var measure = FinderMeasure.Of(finder, some, FinderMeasure.Searched, TestContext.Current.CancellationToken);
        Assert.InRange(measure.Recall(finder.Threshold), 0.93, 1);
        Assert.InRange(measure.FalseBoxes(finder.Threshold), 0, 0.1);
    }

    private static FinderPhoto Marked()
    {
        const int size = 200;
        var points = new FaceLandmarks(new(85, 90), new(115, 90), new(100, 105), new(88, 120), new(112, 120));
        var pixels = new byte[size * size];
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            var point = points[(Landmark)i];
            for (var y = -4; y < 4; y++)
            {
                pixels.AsSpan((((int)point.Y + y) * size) + (int)point.X - 4, 8).Fill(255);
            }
        }

        return new FinderPhoto("a photo", new GrayImage(size, size, pixels), new FaceBox(100, 100, 80, BoxSource.Detector), points, Turned: 0, []);
    }
}
