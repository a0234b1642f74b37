using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Tests.Synthetic;

/// <summary>Drawn faces that are written where there is something already.</summary>
public sealed class DrawnArchiveReplacingTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("drawn-replacing-").FullName;

    private string Faces => Path.Combine(_root, "faces");

    private string Gathering => Path.Combine(Faces, ".crossstitch-new");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("faces")]
    [InlineData("faces.zip")]
    public void Writing_that_is_stopped_leaves_the_earlier_faces_as_they_were(string name)
    {
        Write(name, 5, 2, seed: 1);
        var before = Content();
        using var source = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => DrawnArchive.Write(
            Path.Combine(_root, name), 200, 10, 2, new Then(source.Cancel), source.Token));

        Assert.Equal(before, Content());
    }

    [Theory]
    [InlineData("faces")]
    [InlineData("faces.zip")]
    public void A_second_process_is_refused_in_words_while_one_is_writing(string name)
    {
        CrossStitchException? refused = null;
        DrawnArchive.Write(
            Path.Combine(_root, name), 3, 1, 1, new Then(() => refused = Assert.Throws<CrossStitchException>(() => Write(name, 2, 0, seed: 2))), TestContext.Current.CancellationToken);

        Assert.StartsWith($"{Path.Combine(_root, name)}: another process is writing it;", refused!.Message, StringComparison.Ordinal);
        using var archive = MtflArchive.Open(Path.Combine(_root, name));
        Assert.Equal(3, archive.Read(MtflSplit.Training).Faces.Count);
        Assert.DoesNotContain(Content().Keys, path => path.Contains("crossstitch", StringComparison.Ordinal));
    }

    [Fact]
    public void Pictures_of_a_larger_earlier_set_go_and_other_files_stay()
    {
        Write("faces", 5, 2, seed: 1);
        File.WriteAllText(Path.Combine(Faces, "note.txt"), "mine");

        Write("faces", 2, 1, seed: 2);

        Assert.Equal(
            ["boxes.csv", "drawn/000000.jpg", "drawn/000001.jpg", "drawn/000002.jpg", "note.txt", "testing.txt", "training.txt"],
            Content().Keys.Select(path => path["faces/".Length..]));
    }

    [Theory]
    [InlineData("drawn/000000.jpg")]
    [InlineData("drawn/000009.jpg")]
    [InlineData("drawn/mine/holiday.jpg")]
    [InlineData("drawn")]
    [InlineData("boxes.csv/mine")]
    [InlineData(".crossstitch-new/mine")]
    public void Somebody_elses_file_is_refused_and_stays(string name)
    {
        foreach (var over in new[] { false, true })
        {
            if (over)
            {
                Write("faces", 2, 1, seed: 1);
            }

            var mine = Path.Combine(Faces, name);
            Remove(mine);
            if (Path.GetDirectoryName(mine) is { } parent && File.Exists(parent))
            {
                File.Delete(parent);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
            File.WriteAllText(mine, "mine");
            var before = Content();

            var error = Assert.Throws<CrossStitchException>(() => Write("faces", 3, 0, seed: 2));

            Assert.Contains("is not replaced", error.Message, StringComparison.Ordinal);
            Assert.Equal(before, Content());
            Directory.Delete(Faces, recursive: true);
        }
    }

    [Fact]
    public void A_line_that_was_not_drawn_keeps_the_whole_list()
    {
        Write("faces", 2, 0, seed: 1);
        File.AppendAllText(Path.Combine(Faces, "training.txt"), "what I found out about these faces\n");

        Assert.Contains("is not replaced", Assert.Throws<CrossStitchException>(() => Write("faces", 3, 0, seed: 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_too_long_for_faces_is_somebody_elses_and_not_read()
    {
        var list = Path.Combine(Directory.CreateDirectory(Faces).FullName, "training.txt");
        using (var file = File.Create(list))
        {
            file.SetLength((64 << 20) + 1);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.StartsWith($"{list} is there already", Assert.Throws<CrossStitchException>(() => Write("faces", 2, 1, seed: 2)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void What_a_killed_process_gathered_is_removed_by_the_next_one()
    {
        Write("faces", 2, 1, seed: 1);
        Directory.CreateDirectory(Path.Combine(Gathering, "drawn"));
        foreach (var left in new[] { "lock", "drawn/000000.jpg", "drawn/000001.jpg", "boxes.csv.new" })
        {
            File.WriteAllText(Path.Combine(Gathering, left), "half");
        }

        Write("faces", 3, 0, seed: 2);

        Assert.Equal(6, Content().Count);
        Assert.False(Directory.Exists(Gathering));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_process_killed_while_it_moves_files_is_finished_by_the_next_one_whatever_becomes_of_that(int moved)
    {
        Write("faces", 4, 1, seed: 2);
        var wanted = Content();

        // As it stands in the middle: the old lists are gone, the new files are partly in their places.
        Directory.CreateDirectory(Gathering);
        File.WriteAllText(Path.Combine(Gathering, "complete"), "");
        string[] order = ["drawn", "boxes.csv", "testing.txt", "training.txt"];
        foreach (var file in order.Skip(moved))
        {
            if (file == "drawn")
            {
                Directory.Move(Path.Combine(Faces, file), Path.Combine(Gathering, file));
                Directory.CreateDirectory(Path.Combine(Faces, file));
                File.WriteAllText(Path.Combine(Faces, file, "000000.jpg"), "an earlier one");
            }
            else
            {
                File.Move(Path.Combine(Faces, file), Path.Combine(Gathering, file + ".new"));
            }
        }

        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => DrawnArchive.Write(Faces, 100, 0, 3, new Then(source.Cancel), source.Token));

        Assert.Equal(wanted, Content());
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private void Write(string name, int training, int testing, long seed) =>
        DrawnArchive.Write(Path.Combine(_root, name), training, testing, seed, cancellationToken: TestContext.Current.CancellationToken);

    private SortedDictionary<string, string> Content() => new(
        Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(_root, file).Replace('\\', '/'), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    private sealed class Then(Action action) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => action();
    }
}
