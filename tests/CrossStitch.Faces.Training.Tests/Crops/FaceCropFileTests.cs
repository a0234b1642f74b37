using System.Security.Cryptography;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Tests.Crops;

public sealed class FaceCropFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("face-crops-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Saved_faces_are_read_back_the_same_and_replace_older_ones()
    {
        var path = Path.Combine(_folder, "faces.crops");
        FaceCropFile.Save(path, Faces(1));
        var faces = Faces(3);
        FaceCropFile.Save(path, faces);

        var read = FaceCropFile.Load(path);

        Assert.Equal(faces.Faces, read.Faces);
        Assert.Equal(faces.Patch(2), read.Patch(2));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("a folder")]
    [InlineData("nowhere/faces.crops")]
    [InlineData("a file/faces.crops")]
    public void A_place_that_cannot_be_written_is_one_line_that_names_it(string name)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a folder"));
        File.WriteAllText(Path.Combine(_folder, "a file"), "");
        var path = Path.Combine(_folder, name);

        var error = Assert.Throws<CrossStitchException>(() => FaceCropFile.Save(path, Faces(1)));

        Assert.StartsWith($"{path}: cannot be written: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Fact]
    public void Faces_of_earlier_versions_are_read_and_those_of_a_later_one_or_with_other_labels_are_refused()
    {
        var (path, faces) = (Path.Combine(_folder, "faces.crops"), Faces(1));
        FaceCropFile.Save(path, faces);
        var bytes = File.ReadAllBytes(path)[..^SHA256.HashSizeInBytes];

        // The second version does not name the attributes.
        const int Names = 8 * sizeof(int);
        byte[] second = [.. BitConverter.GetBytes(-2), .. bytes[sizeof(int)..Names], .. bytes[(Names + 1 + "pose gender glasses smile".Length)..]];
        Write(second);
        Assert.Equal(faces[0], FaceCropFile.Load(path)[0]);

        // The first has no number of its own either, and a face no hash of its picture behind its path.
        var picture = Names + 1 + faces[0].ImagePath.Length;
        Write([.. second[sizeof(int)..picture], .. second[(picture + sizeof(ulong))..]]);
        var read = FaceCropFile.Load(path);
        Assert.Equal(faces[0] with { Picture = 0 }, read[0]);
        Assert.True(faces.Patch(0).SequenceEqual(read.Patch(0)));

        Write([.. bytes[..Names], bytes[Names], (byte)'P', .. bytes[(Names + 2)..]]);
        Assert.Contains("Pose, gender", Assert.Throws<CrossStitchException>(() => FaceCropFile.Load(path)).Message, StringComparison.Ordinal);

        Write([.. BitConverter.GetBytes(-4), .. bytes[sizeof(int)..]]);
        Assert.Contains("a later version", Assert.Throws<CrossStitchException>(() => FaceCropFile.Load(path)).Message, StringComparison.Ordinal);

        void Write(byte[] content) => File.WriteAllBytes(path, [.. content, .. SHA256.HashData(content)]);
    }

    private static FaceCropSet Faces(int count) =>
        DrawnFaces.Generate(count, 1, CropSettings.Default, cancellationToken: TestContext.Current.CancellationToken);
}
