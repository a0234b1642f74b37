using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using SkiaSharp;

namespace CrossStitch.Faces.Training.Tests.Crops;

public class SameFacesTests
{
    private static readonly KnownFace Known = new(7, TinyArchive.Landmarks);

    [Theory]
    [InlineData(7, 0, true)]
    [InlineData(7, 3, true)]
    [InlineData(7, 30, false)]
    [InlineData(8, 0.4, true)]
    [InlineData(8, -0.4, true)]
    [InlineData(8, 1, false)]
    [InlineData(0, 0.04, true)]
    [InlineData(0, 3, false)]
    public void A_face_is_known_by_its_place_in_its_picture_or_by_exact_landmarks(ulong picture, float shift, bool same)
    {
        var faces = new SameFaces();
        faces.Add(new KnownFace(0, TinyArchive.Landmarks.Map(point => new(point.X + 200, point.Y))));
        faces.Add(Known);

        Assert.Equal(same ? 1 : -1, faces.Find(new KnownFace(picture, Known.Landmarks.Map(point => new(point.X + shift, point.Y + shift)))));
    }

    [Fact]
    public void A_picture_is_the_same_however_its_file_notes_it()
    {
        var jpeg = PhotoDecoder.Decode(TinyArchive.Jpeg(), "a.jpg");
        using var bitmap = SKBitmap.Decode(TinyArchive.Jpeg());
        var png = PhotoDecoder.Decode(bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray(), "a.png");

        Assert.Equal(jpeg.ContentHash, png.ContentHash);
        Assert.NotEqual(jpeg.ContentHash, PhotoDecoder.Decode(TinyArchive.Jpeg(1), "a.jpg").ContentHash);
        Assert.NotEqual(new GrayImage(2, 3, new byte[6]).ContentHash, new GrayImage(3, 2, new byte[6]).ContentHash);
    }

    [Fact]
    public void Test_faces_that_are_training_faces_are_counted_with_an_example()
    {
        var training = new[] { ("a.jpg", Known), ("b.jpg", Other(1)) };

        Assert.StartsWith("1 of 2 faces of testing.txt is a training face too", RepeatedFaces.Across(training, [("c.jpg", Known with { Picture = 9 }), ("d.jpg", Other(2))]), StringComparison.Ordinal);
        Assert.Contains("for example 'c.jpg', which is 'a.jpg'", RepeatedFaces.Across(training, [("c.jpg", Known)]), StringComparison.Ordinal);
        Assert.Contains("for example 'a.jpg':", RepeatedFaces.Across(training, training), StringComparison.Ordinal);
        Assert.Null(RepeatedFaces.Across(training, [("d.jpg", Other(2))]));
    }

    [Fact]
    public void Faces_listed_twice_are_told_unless_they_are_as_few_as_in_MTFL()
    {
        var faces = Enumerable.Range(1, 2000).Select(i => ($"{i}.jpg", Other(i))).ToList();
        Assert.Null(RepeatedFaces.Within(MtflSplit.Training, faces));

        faces.Add(("again.jpg", Other(5)));
        Assert.Null(RepeatedFaces.Within(MtflSplit.Training, faces));

        faces.AddRange([("6.jpg", Other(6)), ("7.jpg", Other(7))]);
        var told = RepeatedFaces.Within(MtflSplit.Training, faces);
        Assert.StartsWith("3 of 2003 faces of training.txt repeat others of the same file", told, StringComparison.Ordinal);
        Assert.Contains("'again.jpg', which is '5.jpg'", told, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inspection_tells_of_training_faces_among_the_test_faces()
    {
        using var tiny = TinyArchive.WithFaces(1).Add("testing.txt", TinyArchive.Line("copy.jpg")).Add("copy.jpg", TinyArchive.Jpeg());
        using var archive = MtflArchive.Open(tiny.Folder);

        var splits = ArchiveInspection.Of(archive, cancellation: TestContext.Current.CancellationToken).Splits;

        Assert.Empty(splits[0].Warnings);
        Assert.Contains("'copy.jpg', which is 'faces/0.jpg'", Assert.Single(splits[1].Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all in one picture", 200)]
    [InlineData("aligned to have their eyes at one place", 50)]
    [InlineData("with landmarks that nearly are the same", 101)]
    public void Twice_as_many_faces_are_at_most_twice_as_many_comparisons_for_each(string how, int most)
    {
        Assert.InRange(Compared(1000), 0, 1000L * most);
        Assert.InRange(Compared(2000), 0, 2000L * most);

        long Compared(int count)
        {
            var faces = new SameFaces(mostCompared: 100);
            for (var i = 0; i < count; i++)
            {
                var face = how switch
                {
                    "all in one picture" => new KnownFace(7, TinyArchive.Landmarks.Map(point => new(point.X + (50 * i), point.Y))),
                    "aligned to have their eyes at one place" => new KnownFace(0, TinyArchive.Landmarks with { Nose = new(i % 110, i / 110), LeftMouthCorner = new(i / 110, i % 110) }),
                    _ => new KnownFace(0, TinyArchive.Landmarks with { Nose = new(50.6f + (0.6f * (i % 3)), 55.6f), LeftMouthCorner = new(50.2f, 70.2f), RightMouthCorner = new(60.2f, 70.2f) }),
                };
                faces.Find(face);
                faces.Add(face);
            }

            return faces.Compared;
        }
    }

    private static KnownFace Other(int number) => new((ulong)(100 + number), TinyArchive.Landmarks.Map(point => new(point.X + (50 * number), point.Y)));
}
