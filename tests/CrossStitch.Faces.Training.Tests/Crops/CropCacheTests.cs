using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Crops;

public class CropCacheTests
{
    [Fact]
    public void The_second_reading_comes_from_the_cache_and_is_the_same()
    {
        using var tiny = TinyArchive.WithFaces(3);

        var fresh = Load(tiny);
        var cached = Load(tiny);

        Assert.False(fresh.FromCache);
        Assert.True(cached.FromCache);
        FaceLoaderTests.AssertSame(fresh, cached);
    }

    [Fact]
    public void A_changed_archive_box_file_or_setting_is_read_anew()
    {
        using var tiny = TinyArchive.WithFaces(3);
        var boxes = BoxFile.Parse("image,x1,y1,x2,y2,score\nfaces/0.jpg,25,25,80,80,1", "boxes.csv");
        var fresh = Load(tiny);

        Assert.False(Load(tiny, new() { Boxes = boxes }).FromCache);
        Assert.False(Load(tiny, new() { Settings = new CropSettings(40, 4) }).FromCache);
        Assert.False(Load(tiny, new() { SkipInvalid = true }).FromCache);
        Assert.True(Load(tiny).FromCache);

        tiny.Add("faces/1.jpg", TinyArchive.Jpeg(9));
        var changed = Load(tiny);
        Assert.False(changed.FromCache);
        Assert.NotEqual(fresh.Faces.Patch(1).ToArray(), changed.Faces.Patch(1).ToArray());
    }

    [Fact]
    public void A_cache_damaged_anywhere_is_rebuilt()
    {
        using var tiny = TinyArchive.WithFaces(2);
        var fresh = Load(tiny);
        var file = CacheFile(tiny);
        var whole = File.ReadAllBytes(file);

        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[1, 255]).Sample(
            (at, flip) =>
            {
                var damaged = whole.ToArray();
                damaged[at] ^= (byte)flip;
                File.WriteAllBytes(file, damaged);

                var loaded = Load(tiny);

                Assert.False(loaded.FromCache);
                FaceLoaderTests.AssertSame(fresh, loaded);
                Assert.Equal(whole, File.ReadAllBytes(file));
            },
            iter: 30,
            threads: 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(3000)]
    public void A_truncated_cache_is_rebuilt(int length)
    {
        using var tiny = TinyArchive.WithFaces(2);
        Load(tiny);
        File.WriteAllBytes(CacheFile(tiny), File.ReadAllBytes(CacheFile(tiny))[..length]);

        Assert.False(Load(tiny).FromCache);
        Assert.True(Load(tiny).FromCache);
    }

    [Fact]
    public void A_cache_of_other_faces_under_this_name_is_rebuilt()
    {
        using var tiny = TinyArchive.WithFaces(2);
        using var other = TinyArchive.WithFaces(3);
        Load(tiny);
        Load(other);
        File.Copy(CacheFile(other), CacheFile(tiny), overwrite: true);

        var loaded = Load(tiny);

        Assert.False(loaded.FromCache);
        Assert.Equal(2, loaded.Faces.Count);
    }

    [Fact]
    public void Where_the_cache_cannot_be_written_loading_goes_on_without()
    {
        using var tiny = TinyArchive.WithFaces(2);
        File.WriteAllText(tiny.Cache, "a file where the folder should be");

        Assert.False(Load(tiny).FromCache);
        Assert.False(Load(tiny).FromCache);
    }

    [Fact]
    public void Nothing_but_the_cache_is_left_in_its_folder_and_old_ones_go()
    {
        using var tiny = TinyArchive.WithFaces(1);
        for (var margin = 0; margin < 20; margin++)
        {
            Load(tiny, new() { Settings = new CropSettings(8, margin) });
        }

        Assert.Equal(16, Directory.GetFileSystemEntries(tiny.Cache, "*.crops").Length);
        Assert.Equal(16, Directory.GetFileSystemEntries(tiny.Cache).Length);
        Assert.True(Load(tiny, new() { Settings = new CropSettings(8, 19) }).FromCache);
    }

    [Fact]
    public void Faces_in_use_outlive_those_that_were_tried_once()
    {
        using var tiny = TinyArchive.WithFaces(1);
        Load(tiny);
        for (var margin = 0; margin < 20; margin++)
        {
            Load(tiny, new() { Settings = new CropSettings(8, margin) });
            Assert.True(Load(tiny).FromCache);
        }
    }

    private static string CacheFile(TinyArchive tiny) => Assert.Single(Directory.GetFiles(tiny.Cache));

    private static LoadedFaces Load(TinyArchive tiny, FaceLoadOptions? options = null)
    {
        using var archive = MtflArchive.Open(tiny.Folder);
        return FaceLoader.Load(archive, MtflSplit.Training, (options ?? new()) with { CacheFolder = tiny.Cache }, cancellation: TestContext.Current.CancellationToken);
    }
}
