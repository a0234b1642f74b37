namespace CrossStitch.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-files-").FullName;

    private string Target => Path.Combine(_folder, "target.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_beside_it()
    {
        AtomicFile.WriteAllText(Target, "old");
        var error = Assert.Throws<CrossStitchException>(() => AtomicFile.Write(Target, file =>
        {
            file.Write([1, 2, 3]);
            throw new IOException("The disk is gone.");
        }));
        Assert.Equal($"{Target}: cannot be written: The disk is gone.", error.Message);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_link_is_replaced_and_what_it_leads_to_stays()
    {
        var elsewhere = Path.Combine(_folder, "elsewhere.txt");
        File.WriteAllText(elsewhere, "somebody's");
        File.CreateSymbolicLink(Target, elsewhere);
        AtomicFile.WriteAllText(Target, "ours");
        Assert.Equal("somebody's", File.ReadAllText(elsewhere));
        Assert.Null(new FileInfo(Target).LinkTarget);
        Assert.Equal("ours", File.ReadAllText(Target));
    }

    [Fact]
    public void Nothing_takes_the_place_of_a_device()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps devices out of folders.");
        const string Device = "/dev/crossstitch-test";
        try
        {
            // Who is not the machine's administrator is refused by the system itself.
            Assert.Throws<CrossStitchException>(() => AtomicFile.WriteAllText(Device, "a file"));
            Assert.False(File.Exists(Device));
        }
        finally
        {
            File.Delete(Device);
        }
    }

    [Fact]
    public void A_file_under_way_never_has_the_same_name_twice()
    {
        var names = Enumerable.Range(0, 20).Select(_ => Path.GetFileName(UnderWay())).ToList();
        Assert.Equal(20, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches(@"^\.crossstitch-[0-9a-f]{8}-[0-9a-f]{16}\.new$", name));
    }

    [Fact]
    public void What_a_dead_process_left_is_removed_by_the_next_writer_in_the_folder()
    {
        var left = UnderWay();
        File.WriteAllText(left, "half");
        AtomicFile.WriteAllText(Path.Combine(_folder, "other.txt"), "whole");
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void What_another_is_writing_stays()
    {
        AtomicFile.Write(Target, file =>
        {
            AtomicFile.WriteAllText(Path.Combine(_folder, "other.txt"), "other");
            AtomicFile.RemoveLeftovers(_folder);
            file.Write("whole"u8);
        });
        Assert.Equal("whole", File.ReadAllText(Target));
    }

    [Fact]
    public void What_another_machine_left_is_removed_when_a_day_old()
    {
        var name = Path.GetFileName(UnderWay());
        var foreign = Path.Combine(_folder, $".crossstitch-{(name[13] == '0' ? '1' : '0')}{name[14..]}");
        File.WriteAllText(foreign, "half");
        AtomicFile.RemoveLeftovers(_folder);
        Assert.True(File.Exists(foreign));
        File.SetLastWriteTimeUtc(foreign, DateTime.UtcNow.AddHours(-25));
        AtomicFile.RemoveLeftovers(_folder);
        Assert.False(File.Exists(foreign));
    }

    [Theory]
    [InlineData(-3650)]
    [InlineData(3650)]
    public void How_old_another_machines_file_is_does_not_depend_on_this_machines_clock(int days)
    {
        var name = Path.GetFileName(UnderWay());
        var foreign = Path.Combine(_folder, $".crossstitch-{(name[13] == '0' ? '1' : '0')}{name[14..]}");
        File.WriteAllText(foreign, "half");
        var made = DateTime.UtcNow.AddDays(days);
        File.SetLastWriteTimeUtc(foreign, made);
        Directory.SetLastWriteTimeUtc(_folder, made.AddHours(23));
        AtomicFile.RemoveLeftovers(_folder);
        Assert.True(File.Exists(foreign));
        Directory.SetLastWriteTimeUtc(_folder, made.AddHours(25));
        AtomicFile.RemoveLeftovers(_folder);
        Assert.False(File.Exists(foreign));
    }

    [Fact]
    public void Nobody_elses_file_is_taken_for_a_leftover()
    {
        string[] others = [".crossstitch-.new", ".crossstitch-notes.new", ".crossstitch-0123456789abcdef.new", "results.json.new"];
        foreach (var other in others)
        {
            File.WriteAllText(Path.Combine(_folder, other), "mine");
        }

        AtomicFile.RemoveLeftovers(_folder);
        Assert.Equal(others.Length, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Many_write_in_one_folder_at_once()
    {
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => AtomicFile.WriteAllText(Path.Combine(_folder, $"{i % 4}.txt"), new string('x', 1000)));
        Assert.Equal(4, Directory.GetFileSystemEntries(_folder).Length);
        Assert.All(Directory.GetFiles(_folder), file => Assert.Equal(1000, new FileInfo(file).Length));
    }

    [Fact]
    public void A_place_that_is_a_folder_is_refused_in_words()
    {
        Assert.Contains("cannot be written", Assert.Throws<CrossStitchException>(() => AtomicFile.WriteAllText(_folder, "")).Message, StringComparison.Ordinal);
        Assert.Throws<CrossStitchException>(() => AtomicFile.WriteAllText(Path.GetPathRoot(_folder)!, ""));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_folder_is_made_with_those_above_it()
    {
        var folder = Path.Combine(_folder, "a", "b", "c");
        AtomicFile.CreateFolder(folder);
        AtomicFile.CreateFolder(folder);
        Assert.True(Directory.Exists(folder));
        AtomicFile.WriteAllText(Target, "");
        Assert.Contains(Target, Assert.Throws<CrossStitchException>(() => AtomicFile.CreateFolder(Path.Combine(Target, "d"))).Message, StringComparison.Ordinal);
    }

    /// <summary>Where a file was that is being written.</summary>
    private string UnderWay()
    {
        var found = "";
        AtomicFile.Write(Target, _ => found = Directory.GetFiles(_folder, ".crossstitch-*").Single());
        return found;
    }
}
