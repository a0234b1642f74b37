using System.Security.Cryptography;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Tests.Data;

public sealed class SeenFacesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seen-faces-").FullName;

    private string Saved => Path.Combine(_folder, "training-faces.ids");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Faces_are_known_again_after_a_save_and_others_are_not()
    {
        SeenFaces.Of(Drawn(5, seed: 1)).Save(Saved);
        var seen = SeenFaces.Load(Saved)!;

        Assert.Equal(5, seen.CountIn(Drawn(8, seed: 1)));
        Assert.Equal(0, seen.CountIn(Drawn(8, seed: 2)));
        Assert.Null(SeenFaces.Load(Path.Combine(_folder, "none")));
    }

    [Theory]
    [InlineData(0.01f, true)]
    [InlineData(0.05f, false)]
    [InlineData(3, true)]
    public void Other_names_boxes_and_labels_do_not_hide_a_face(float shift, bool samePicture)
    {
        var faces = Drawn(5, seed: 1);
        var others = faces.Faces.Select((face, i) =>
        {
            var box = new FaceBox(face.Box.CenterX + 5, face.Box.CenterY - 3, face.Box.Side * 1.2f, BoxSource.Detector);
            var landmarks = face.Landmarks.Map(point => face.Box.ToImage(point) is var at ? box.ToBox(new(at.X + shift, at.Y - shift)) : point);
            return new FaceCrop($"other/{i}.png", box, landmarks, face.Attributes) { Picture = samePicture ? face.Picture : 1 };
        }).ToArray();
        var patch = faces.Settings.PatchSize * faces.Settings.PatchSize;

        Assert.Equal(5, SeenFaces.Of(faces).CountIn(new FaceCropSet(faces.Settings, others, new byte[patch * others.Length])));
    }

    [Theory]
    [InlineData("emptied")]
    [InlineData("halved")]
    [InlineData("a face short")]
    [InlineData("a bit flipped")]
    [InlineData("of an earlier version")]
    public void A_damaged_file_is_an_error_that_names_it(string damage)
    {
        SeenFaces.Of(Drawn(5, seed: 1)).Save(Saved);
        var bytes = File.ReadAllBytes(Saved);
        bytes[60] ^= 1;
        File.WriteAllBytes(Saved, damage switch
        {
            "emptied" => [],
            "halved" => bytes[..(bytes.Length / 2)],
            "a face short" => [.. bytes[..20], .. bytes[68..]],
            "of an earlier version" => new byte[40],
            _ => bytes,
        });

        Assert.StartsWith($"{Saved}: damaged", Assert.Throws<CrossStitchException>(() => SeenFaces.Load(Saved)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(2e6f)]
    public void A_face_without_a_place_is_damage_even_where_the_checksum_is_right(float number)
    {
        SeenFaces.Of(Drawn(2, seed: 1)).Save(Saved);
        var content = File.ReadAllBytes(Saved)[..^SHA256.HashSizeInBytes];
        BitConverter.TryWriteBytes(content.AsSpan(20 + 48 + 8 + 36), number);
        File.WriteAllBytes(Saved, [.. content, .. SHA256.HashData(content)]);

        Assert.StartsWith($"{Saved}: damaged", Assert.Throws<CrossStitchException>(() => SeenFaces.Load(Saved)).Message, StringComparison.Ordinal);
    }

    private static FaceCropSet Drawn(int count, long seed) =>
        DrawnFaces.Generate(count, seed, CropSettings.Default, cancellationToken: TestContext.Current.CancellationToken);
}
