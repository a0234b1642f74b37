using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Tests.Crops;

public class FaceLoaderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Faces_are_cropped_with_their_landmarks_in_box_units(bool zipped)
    {
        using var tiny = TinyArchive.WithFaces(3);
        using var archive = MtflArchive.Open(zipped ? tiny.Pack() : tiny.Folder);

        var loaded = Load(archive, new() { CacheFolder = null });

        Assert.Equal(["faces/0.jpg", "faces/1.jpg", "faces/2.jpg"], Enumerable.Range(0, 3).Select(i => loaded.Faces[i].ImagePath));
        Assert.Equal(new BoxCounts(Detector: 0, Reference: 3, Mismatched: 0), loaded.Boxes);
        Assert.False(loaded.FromCache);
        var face = loaded.Faces[1];
        Assert.Equal(ReferenceBox.Around(TinyArchive.Landmarks), face.Box);
        var back = face.Landmarks.Map(face.Box.ToImage);
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            Assert.InRange(back[(Landmark)i].DistanceTo(TinyArchive.Landmarks[(Landmark)i]), 0, 1e-3f);
        }

        var expected = new byte[56 * 56];
        new FaceCropper(CropSettings.Default).Crop(PhotoDecoder.Decode(TinyArchive.Jpeg(1), "1.jpg"), face.Box, expected);
        Assert.Equal(expected, loaded.Faces.Patch(1));
    }

    [Fact]
    public void Boxes_are_counted_by_source()
    {
        using var tiny = TinyArchive.WithFaces(3);
        using var archive = MtflArchive.Open(tiny.Folder);
        var boxes = BoxFile.Parse("image,x1,y1,x2,y2,score\nfaces/0.jpg,25,25,80,80,1\nfaces/2.jpg,0,0,20,20,1", "boxes.csv");

        var loaded = Load(archive, new() { Boxes = boxes, CacheFolder = null });

        Assert.Equal(new BoxCounts(Detector: 1, Reference: 2, Mismatched: 1), loaded.Boxes);
        Assert.Equal([BoxSource.Detector, BoxSource.Reference, BoxSource.Reference], Enumerable.Range(0, 3).Select(i => loaded.Faces[i].Box.Source));
    }

    [Fact]
    public void The_first_face_that_cannot_be_used_is_the_error()
    {
        using var tiny = Damaged();
        using var archive = MtflArchive.Open(tiny.Pack());

        for (var repeat = 0; repeat < 20; repeat++)
        {
            var error = Assert.Throws<CrossStitchException>(() => Load(archive, new() { CacheFolder = null }));
            Assert.StartsWith("training.txt, line 2: The right eye, at (60.5, 45.5), lies outside the image 'faces/1.jpg' of 50×50", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Invalid_faces_are_left_out_and_listed_also_from_the_cache()
    {
        using var tiny = Damaged();
        using var archive = MtflArchive.Open(tiny.Pack());
        var options = new FaceLoadOptions { SkipInvalid = true, CacheFolder = tiny.Cache };

        var fresh = Load(archive, options);
        var cached = Load(archive, options);

        Assert.Equal(["faces/0.jpg", "faces/4.jpg"], Enumerable.Range(0, fresh.Faces.Count).Select(i => fresh.Faces[i].ImagePath));
        Assert.Equal([2, 3, 4], fresh.Problems.Select(problem => problem.Line));
        Assert.Equal(new BoxCounts(Detector: 0, Reference: 2, Mismatched: 0), fresh.Boxes);
        AssertSame(fresh, cached);
        Assert.True(cached.FromCache);
    }

    [Fact]
    public void No_usable_face_at_all_is_an_error()
    {
        using var tiny = new TinyArchive().Add("training.txt", "nonsense\n");
        using var archive = MtflArchive.Open(tiny.Folder);

        var error = Assert.Throws<CrossStitchException>(() => Load(archive, new() { SkipInvalid = true, CacheFolder = null }));
        Assert.Contains("no usable face", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_without_a_line_is_an_error_that_says_so()
    {
        using var tiny = new TinyArchive().Add("training.txt", " \r\n");
        using var archive = MtflArchive.Open(tiny.Folder);

        var error = Assert.Throws<CrossStitchException>(() => Load(archive, new() { CacheFolder = null }));
        Assert.EndsWith("training.txt lists no face.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_ends_with_all_faces()
    {
        using var tiny = TinyArchive.WithFaces(60);
        using var archive = MtflArchive.Open(tiny.Folder);
        var reports = new Reports();

        Load(archive, new() { CacheFolder = null }, reports);

        Assert.Contains(new LoadProgress(60, 60), reports.All);
        Assert.All(reports.All, report => Assert.Equal(60, report.Total));
    }

    [Fact]
    public void Loading_can_be_stopped()
    {
        using var tiny = TinyArchive.WithFaces(3);
        using var archive = MtflArchive.Open(tiny.Folder);
        var options = new FaceLoadOptions { CacheFolder = tiny.Cache };

        Assert.Throws<OperationCanceledException>(() => FaceLoader.Load(archive, MtflSplit.Training, options, cancellation: new CancellationToken(true)));
        Assert.False(System.IO.Directory.Exists(tiny.Cache));
    }

    internal static void AssertSame(LoadedFaces expected, LoadedFaces actual)
    {
        Assert.Equal(expected.Faces.Settings, actual.Faces.Settings);
        Assert.Equal(expected.Boxes, actual.Boxes);
        Assert.Equal(expected.Problems, actual.Problems);
        Assert.Equal(expected.Faces.Count, actual.Faces.Count);
        for (var i = 0; i < expected.Faces.Count; i++)
        {
            Assert.Equal(expected.Faces[i], actual.Faces[i]);
            Assert.Equal(expected.Faces.Patch(i), actual.Faces.Patch(i));
        }
    }

    private static LoadedFaces Load(MtflArchive archive, FaceLoadOptions options, IProgress<LoadProgress>? progress = null) =>
        FaceLoader.Load(archive, MtflSplit.Training, options, progress, TestContext.Current.CancellationToken);

    /// <summary>Five faces: the second's picture is too small for its landmarks, the third's is text, the fourth's is cut short.</summary>
    private static TinyArchive Damaged() => TinyArchive.WithFaces(5)
        .Add("faces/1.jpg", TinyArchive.Jpeg(size: 50))
        .Add("faces/2.jpg", "text")
        .Add("faces/3.jpg", TinyArchive.Jpeg()[..200]);

    private sealed class Reports : IProgress<LoadProgress>
    {
        private readonly Lock _adding = new();

        public List<LoadProgress> All { get; } = [];

        public void Report(LoadProgress value)
        {
            lock (_adding)
            {
                All.Add(value);
            }
        }
    }
}
