using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Tests.Boxes;

public sealed class FoundBoxesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("found-boxes-").FullName;

    private string Archive => Path.Combine(_folder, "faces");

    private string Cache => Path.Combine(_folder, "cache");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Boxes_are_found_once_for_an_archive_and_a_finder()
    {
        Write(seed: 3);
        var steps = new Steps();
        var found = Text(steps);
        Assert.Equal("Finding faces", steps.Last.What);
        Assert.Equal((18, 18), (steps.Last.Done, steps.Last.Total));
        Assert.True(found.Split('\n').Length > 6, found);

        var again = new Steps();
        Assert.Equal(found, Text(again));
        Assert.Equal(0, again.Count);

        // The test faces alone, which are known too.
        Assert.EndsWith(Text(again, MtflSplit.Testing)["image,x1,y1,x2,y2,score\n".Length..], found, StringComparison.Ordinal);
        Assert.Equal(0, again.Count);

        Write(seed: 4);
        Assert.NotEqual(found, Text(again));
        Assert.NotEqual(0, again.Count);
    }

    [Fact]
    public void A_damaged_cache_is_found_anew_and_a_stopped_search_leaves_none()
    {
        Write(seed: 3);
        using var source = new CancellationTokenSource();
        source.Cancel();
        using (var archive = MtflArchive.Open(Archive))
        using (var finder = FaceFinder.LoadDefault())
        {
            Assert.ThrowsAny<OperationCanceledException>(() => FoundBoxes.Text(archive, Enum.GetValues<MtflSplit>(), finder, Cache, null, source.Token));
        }

        Assert.False(Directory.Exists(Cache));
        var found = Text(null, MtflSplit.Testing);
        var file = Assert.Single(Directory.GetFiles(Cache));
        var whole = File.ReadAllBytes(file);
        foreach (var damaged in new byte[][] { [], whole[..40], [.. whole[..60], (byte)(whole[60] ^ 1), .. whole[61..]], [.. whole, 0] })
        {
            File.WriteAllBytes(file, damaged);
            Assert.Equal(found, Text(null, MtflSplit.Testing));
            Assert.Equal(whole, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void Faces_are_cut_as_a_file_of_the_boxes_that_were_found_cuts_them()
    {
        Write(seed: 3);
        var file = Path.Combine(_folder, "found.csv");
        File.WriteAllText(file, Text(null));

        var found = Load(new MtflData(Archive, "find"));

        Assert.Equal(Load(new MtflData(Archive, file)).Fingerprint, found.Fingerprint);
        Assert.Contains(found.TestFaces!.Faces, face => face.Box.Source == BoxSource.Detector);
        Assert.Contains(found.Warnings, warning => warning.StartsWith("The finder in the package: ", StringComparison.Ordinal) && warning.Contains("a box derived from the true landmarks takes its place", StringComparison.Ordinal));
        Assert.NotEqual(Load(new MtflData(Archive)).Fingerprint, found.Fingerprint);
    }

    [Fact]
    public void Where_no_face_is_found_every_box_is_from_the_landmarks_and_the_result_says_so()
    {
        using var archive = TinyArchive.WithFaces(3);
        archive.Add("testing.txt", TinyArchive.Line("faces/1.jpg"));

        var faces = Load(new MtflData(archive.Folder, "find"));

        Assert.All(faces.TrainingFaces.Faces, face => Assert.Equal(BoxSource.Reference, face.Box.Source));
        Assert.Contains("The finder in the package: not one of the 3 training pictures has a box; all boxes of training faces are derived from their true landmarks.", faces.Warnings);
        Assert.Equal(Load(new MtflData(archive.Folder)).Fingerprint, faces.Fingerprint);
        Assert.Equal(Load(new MtflData(archive.Folder, "landmarks")).Fingerprint, faces.Fingerprint);
    }

    [Fact]
    public void The_words_are_none_of_a_file()
    {
        Assert.Equal("find", ((MtflData)new MtflData("faces.zip", "find").Portable()).Boxes);
        Assert.Equal("./find", ((MtflData)new MtflData("faces.zip", "/somewhere/find").Portable()).Boxes);
        Assert.Contains("no box file './find'", Assert.Throws<CrossStitchException>(() => Load(new MtflData(Write(seed: 3), "./find"))).Message, StringComparison.Ordinal);
    }

    private static FaceDataset Load(FacesRecipe data) => data.LoadFaces(null, TestContext.Current.CancellationToken);

    private string Text(IProgress<LoadProgress>? progress, params MtflSplit[] splits)
    {
        using var archive = MtflArchive.Open(Archive);
        using var finder = FaceFinder.LoadDefault();
        return FoundBoxes.Text(archive, splits.Length == 0 ? Enum.GetValues<MtflSplit>() : splits, finder, Cache, progress, TestContext.Current.CancellationToken);
    }

    private string Write(int seed)
    {
        DrawnArchive.Write(Archive, 12, 6, seed, cancellationToken: TestContext.Current.CancellationToken);
        return Archive;
    }

    private sealed class Steps : IProgress<LoadProgress>
    {
        private readonly Lock _lock = new();

        public LoadProgress Last { get; private set; }

        public int Count { get; private set; }

        public void Report(LoadProgress value)
        {
            lock (_lock)
            {
                (Last, Count) = (value, Count + 1);
            }
        }
    }
}
