using System.Security.Cryptography;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using CsCheck;

namespace CrossStitch.Faces.Training.Tests.Data;

/// <summary>Faces that travel in a study's folder, for machines that do not have what they were loaded from.</summary>
[Collection(SmallRuns.Name)]
public sealed class PackedFacesTests(SmallRuns small) : IDisposable
{
    private const string Name = "faces.packed";

    private readonly string _folder = Directory.CreateTempSubdirectory("packed-faces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(12, 5)]
    [InlineData(3, 0)]
    [InlineData(0, 3)]
    public void Drawn_faces_are_the_same_from_their_file(int training, int test)
    {
        Check(new DrawnData(training, test, Seed: 4));
        Check(new DrawnData(training, test, Seed: 4) { Close = true });
    }

    [Fact]
    public void Faces_of_an_archive_are_the_same_with_their_notes_and_warnings_where_the_archive_is_not()
    {
        using var archive = TinyArchive.WithFaces(6);
        archive.Add("testing.txt", string.Concat(Enumerable.Range(0, 3).Select(i => TinyArchive.Line($"faces/{i}.jpg", "2 1 1 5"))) + TinyArchive.Line("faces/not-there.jpg"));
        var source = new MtflData(archive.Folder, SkipInvalid: true);
        var loaded = Check(source);
        Assert.NotEmpty(loaded.Warnings);
        Assert.Contains(loaded.Notes, note => note.Contains("not-there", StringComparison.Ordinal));

        // Elsewhere its folder has another path; what it is called is the same.
        Assert.NotNull((source with { Archive = "/nowhere/mtfl", Augmentation = null }).LoadPacked(_folder));
    }

    [Fact]
    public void Faces_that_are_seen_a_second_time_keep_their_frames()
    {
        using var archive = TinyArchive.WithFaces(6);
        archive.Add("testing.txt", TinyArchive.Line("faces/2.jpg"));
        var loaded = Check(new MtflData(archive.Folder) { SecondLook = new SecondLook(40) });
        var read = Assert.IsType<FaceDataset>(new MtflData(archive.Folder) { SecondLook = new SecondLook(40) }.LoadPacked(_folder));
        Assert.All(read.TrainingFaces.Faces.Concat(read.TestFaces!.Faces), face => Assert.NotNull(face.Frame));
        Assert.Equal(loaded.TrainingFaces.Faces, read.TrainingFaces.Faces);
    }

    [Fact]
    public void The_real_faces_are_the_same_from_their_file()
    {
        var (archive, boxes) = (Environment.GetEnvironmentVariable("CROSSSTITCH_MTFL"), Environment.GetEnvironmentVariable("CROSSSTITCH_MTFL_BOXES"));
        Assert.SkipWhen(string.IsNullOrEmpty(archive) || string.IsNullOrEmpty(boxes), "CROSSSTITCH_MTFL and CROSSSTITCH_MTFL_BOXES are not set.");
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1", "crops all faces; set CROSSSTITCH_SLOW_TESTS=1 to run it");
        Check(new MtflData(archive, boxes));
    }

    [Fact]
    public void A_run_on_packed_faces_leaves_the_files_of_one_on_their_source()
    {
        var recipe = SmallRuns.Recipe();
        Assert.True(recipe.Data.TryPack(small.Faces, _folder));
        var (here, there) = (small.Run("from-the-source"), small.Run("from-the-pack"));
        new TrainingRun(recipe, small.Faces, here).Execute();
        new TrainingRun(recipe, recipe.Data.LoadPacked(_folder)!, there).Execute();
        foreach (var name in new[] { "recipe.json", "checkpoints/final.ckpt", "predictions.json", "scores.csv", SeenFaces.FileName })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(here.FullPath, name)), File.ReadAllBytes(Path.Combine(there.FullPath, name)));
        }

        Assert.Equivalent(here.LoadResult() with { TrainingSeconds = 0 }, there.LoadResult() with { TrainingSeconds = 0 }, strict: true);
    }

    [Fact]
    public void A_study_packs_its_faces_once_and_takes_them_away_when_it_is_begun_anew()
    {
        var recipe = SmallRuns.Recipe("single");
        var plan = new StudyPlan(recipe, [Variant.Of(recipe, SmallRuns.Catalog.Networks["single"], [])], [1], []);
        StudyRunner Runner(bool fresh = false) => new(plan, small.Faces, _folder, SmallRuns.Catalog, fresh: fresh);
        Runner().Prepare(TestContext.Current.CancellationToken);
        var packed = new FileInfo(Path.Combine(_folder, Name));
        packed.LastWriteTimeUtc = DateTime.UnixEpoch;
        Runner().Prepare(TestContext.Current.CancellationToken);
        packed.Refresh();
        Assert.Equal(DateTime.UnixEpoch, packed.LastWriteTimeUtc);
        Assert.Equal(small.Faces.Fingerprint, PlannedStudy.Open(_folder, SmallRuns.Catalog).Load(cancellation: TestContext.Current.CancellationToken).Fingerprint);

        // One that is damaged is written again.
        File.WriteAllBytes(packed.FullName, File.ReadAllBytes(packed.FullName)[..^1]);
        Runner().Prepare(TestContext.Current.CancellationToken);
        Assert.NotNull(recipe.Data.LoadPacked(_folder));
        Runner(fresh: true).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.False(File.Exists(packed.FullName));
    }

    [Fact]
    public void What_is_not_there_is_null_and_what_is_wrong_is_one_line_that_names_the_file()
    {
        var source = new DrawnData(4, 2);
        Assert.Null(source.LoadPacked(_folder));
        Assert.Null(source.LoadPacked(Path.Combine(_folder, "nowhere")));
        Assert.True(source.TryPack(source.Load(cancellation: TestContext.Current.CancellationToken), _folder));
        Assert.Contains("holds other faces than are asked for", Refused(new DrawnData(4, 1)), StringComparison.Ordinal);
        Assert.Contains("holds other faces than are asked for", Refused(new MtflData("MTFL.zip")), StringComparison.Ordinal);

        var path = Path.Combine(_folder, Name);
        var whole = File.ReadAllBytes(path);
        Gen.Int[0, whole.Length - 1].Sample(
            place =>
            {
                File.WriteAllBytes(path, whole[..place]);
                Refused(source);
                byte[] changed = [.. whole];
                changed[place] ^= 1;
                File.WriteAllBytes(path, changed);
                Refused(source);

                // With a checksum that somebody has corrected it may hold other faces; what it says must still fit.
                File.WriteAllBytes(path, [.. changed[..^SHA256.HashSizeInBytes], .. SHA256.HashData(changed.AsSpan(0, whole.Length - SHA256.HashSizeInBytes))]);
                if (Record.Exception(() => source.LoadPacked(_folder)) is { } error)
                {
                    Assert.StartsWith($"{path}: ", Assert.IsType<CrossStitchException>(error).Message, StringComparison.Ordinal);
                }
            },
            iter: 200,
            threads: 1);

        File.Delete(path);
        Directory.CreateDirectory(path);
        Refused(source);

        string Refused(FacesRecipe asked)
        {
            var error = Assert.Throws<CrossStitchException>(() => asked.LoadPacked(_folder));
            Assert.StartsWith($"{Path.Combine(_folder, Name)}: ", error.Message, StringComparison.Ordinal);
            return error.Message;
        }
    }

    /// <summary>Packs what a recipe loads, and holds what is read against it.</summary>
    private FaceDataset Check(FacesRecipe source)
    {
        var loaded = source.LoadFaces(null, TestContext.Current.CancellationToken);
        Assert.True(source.TryPack(loaded, _folder));
        var read = Assert.IsType<FaceDataset>(source.LoadPacked(_folder));

        Assert.Equal(loaded.Fingerprint, read.Fingerprint);
        Assert.Equal(loaded.Notes, read.Notes);
        Assert.Equal(loaded.Warnings, read.Warnings);
        Assert.Equal(loaded.TrainingFaces.Faces, read.TrainingFaces.Faces);
        Assert.Equal(loaded.TestFaces?.Faces, read.TestFaces?.Faces);
        Assert.Equal(Saved(loaded, "loaded"), Saved(read, "read"));
        return loaded;
    }

    private string Saved(Dataset data, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        data.SaveTest(folder);
        data.SaveTraining(folder);
        return string.Join('\n', Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
    }
}
