using System.Security.Cryptography;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Synthetic;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Crops;

/// <summary>Cropped faces whose checksum is right and whose content is not.</summary>
public sealed class CropContentTests : IDisposable
{
    private const int Counts = 3 * sizeof(int);
    private const int Names = 8 * sizeof(int);

    private readonly string _folder = Directory.CreateTempSubdirectory("crop-content-").FullName;

    private string FilePath => Path.Combine(_folder, "faces.crops");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("size", "A crop of 0 pixels with a margin of 8: the size must be from 1 to 4096, the margin from 0)")]
    [InlineData("margin", "A crop of 40 pixels with a margin of -1")]
    [InlineData("another margin", "The counts do not fit the length")]
    [InlineData("count", "The counts do not fit the length")]
    [InlineData("negative count", "The counts do not fit the length")]
    [InlineData("problems", "The counts do not fit the length")]
    [InlineData("one face less", "The pixels do not fill the rest of the file")]
    [InlineData("boxes", "The counts of boxes do not fit the faces")]
    [InlineData("text", "A text is too long")]
    [InlineData("path", "The path of face 0 is '../")]
    [InlineData("side", "The box of face 0 is none")]
    [InlineData("centre", "The box of face 0 is none")]
    [InlineData("source", "The box of face 0 is none")]
    [InlineData("landmark", "The landmarks of face 0 are none")]
    [InlineData("far landmark", "The landmarks of face 0 are none")]
    [InlineData("class", "Face 0 has a class of glasses that there is not")]
    [InlineData("pixels", "The pixels do not fill the rest of the file")]
    public void Content_that_no_faces_have_is_refused_in_one_line_that_says_what(string damage, string told)
    {
        var bytes = Saved(2);
        var names = Names + 1 + bytes[Names];
        var face = names + 1 + bytes[names] + sizeof(ulong);
        switch (damage)
        {
            case "size": Put(4, 0); break;
            case "margin": Put(8, -1); break;
            case "another margin": Put(8, 4096); break;
            case "count": Put(Counts, int.MaxValue); break;
            case "negative count": Put(Counts, -1); break;
            case "problems": Put(Counts + 4, 100_000_000); break;
            case "one face less": Put(Counts, 1); break;
            case "boxes": Put(Counts + 8, 3); break;
            case "text": Put(Names, 0x7FFFFFFF); break;
            case "path": "../"u8.CopyTo(bytes.AsSpan(names + 1)); break;
            case "side": PutNumber(face + 8, 0); break;
            case "centre": PutNumber(face, float.PositiveInfinity); break;
            case "source": bytes[face + 12] = 3; break;
            case "landmark": PutNumber(face + 13, float.NaN); break;
            case "far landmark": PutNumber(face + 13 + 36, -1001); break;
            case "class": bytes[face + 13 + 40 + 2] = 2; break;
            default: bytes = [.. bytes, 1]; break;
        }

        Write(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<CrossStitchException>(() => FaceCropFile.Load(FilePath));

        Assert.StartsWith($"{FilePath}: these are no cropped faces ({told}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; delete the file and run its study again.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);

        void Put(int at, int value) => BitConverter.TryWriteBytes(bytes.AsSpan(at), value);

        void PutNumber(int at, float value) => BitConverter.TryWriteBytes(bytes.AsSpan(at), value);
    }

    [Fact]
    public void Mutated_files_with_a_valid_checksum_give_faces_that_can_be_or_one_clear_error()
    {
        var whole = Saved(3)[..600];
        var tail = Saved(3)[600..];
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.OneOf(Gen.Byte, Gen.Byte[0, 1], Gen.Byte[0x7F, 0x80], Gen.Const((byte)0xFF))).Array[1, 8].Sample(
            changes =>
            {
                var mutated = whole.ToArray();
                foreach (var (at, with) in changes)
                {
                    mutated[at] = with;
                }

                Write([.. mutated, .. tail]);
                try
                {
                    AssertCanBe(FaceCropFile.Load(FilePath));
                }
                catch (CrossStitchException error)
                {
                    Assert.StartsWith(FilePath, error.Message, StringComparison.Ordinal);
                }
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void A_cache_with_a_valid_checksum_and_absurd_content_is_made_anew()
    {
        using var tiny = TinyArchive.WithFaces(2);
        var fresh = Load(tiny);
        var file = Assert.Single(Directory.GetFiles(tiny.Cache));
        var whole = File.ReadAllBytes(file);
        const int Key = SHA256.HashSizeInBytes;
        Gen.Select(Gen.Int[Key, 350], Gen.OneOf(Gen.Const((byte)0x7F), Gen.Const((byte)0x80), Gen.Const((byte)0xFF))).Sample(
            (at, with) =>
            {
                var mutated = whole[..^SHA256.HashSizeInBytes];
                mutated[at] = with;
                File.WriteAllBytes(file, [.. mutated, .. SHA256.HashData(mutated)]);

                var loaded = Load(tiny);

                AssertCanBe(loaded.Faces);
                if (!loaded.FromCache)
                {
                    FaceLoaderTests.AssertSame(fresh, loaded);
                    Assert.Equal(whole, File.ReadAllBytes(file));
                }
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void Faces_of_another_size_than_networks_take_are_refused_when_a_run_is_measured_again()
    {
        FaceCropFile.Save(Path.Combine(_folder, FaceDomain.TestFile), DrawnFaces.Generate(1, 1, new CropSettings(20, 8), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("cropped to 20 pixels, which no network takes", Assert.Throws<CrossStitchException>(() => new FaceDomain().OpenTest(_folder)).Message, StringComparison.Ordinal);
    }

    private static void AssertCanBe(FaceCropSet faces)
    {
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        for (var i = 0; i < faces.Count; i++)
        {
            var (box, landmarks) = (faces[i].Box, faces[i].Landmarks);
            Assert.True(float.IsFinite(box.CenterX + box.CenterY) && box.Side > 0 && Enum.IsDefined(box.Source));
            landmarks.CopyTo(numbers);
            Assert.All(numbers.ToArray(), number => Assert.InRange(number, -1000, 1000));
            Assert.All(FaceAttribute.All, attribute => Assert.InRange(faces[i].Attributes[attribute], 0, attribute.Classes.Count - 1));
            Assert.Equal(faces.Settings.PatchSize * faces.Settings.PatchSize, faces.Patch(i).Length);
        }
    }

    private static LoadedFaces Load(TinyArchive tiny)
    {
        using var archive = MtflArchive.Open(tiny.Folder);
        return FaceLoader.Load(archive, MtflSplit.Training, new() { CacheFolder = tiny.Cache }, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>A file of drawn faces without its checksum.</summary>
    private byte[] Saved(int count)
    {
        FaceCropFile.Save(FilePath, DrawnFaces.Generate(count, 1, CropSettings.Default, cancellationToken: TestContext.Current.CancellationToken));
        return File.ReadAllBytes(FilePath)[..^SHA256.HashSizeInBytes];
    }

    private void Write(byte[] content) => File.WriteAllBytes(FilePath, [.. content, .. SHA256.HashData(content)]);
}
