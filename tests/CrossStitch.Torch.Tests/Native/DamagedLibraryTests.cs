using CrossStitch.Build;
using CsCheck;

namespace CrossStitch.Torch.Tests.Native;

public sealed class DamagedLibraryTests : IDisposable
{
    private readonly TorchSharpLibrary _library = new();
    private readonly byte[] _whole = File.ReadAllBytes(TorchSharpLibrary.Original);

    public void Dispose() => _library.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("MZ this is a library for Windows, and longer than the header of the other kind is")]
    public void A_file_of_another_kind_is_refused(string content)
    {
        var path = _library.File("other.so", System.Text.Encoding.ASCII.GetBytes(content));
        var error = Assert.Throws<InvalidDataException>(() => ElfLibrary.Read(path));
        Assert.Contains("is not a 64-bit little-endian ELF library", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused_and_leaves_nothing_behind() =>
        Gen.OneOf(Gen.Int[6, 200], Gen.Int[6, _whole.Length - 1]).Sample(
            length =>
            {
                var path = _library.File("short.so", _whole[..length]);
                var error = Assert.Throws<InvalidDataException>(() => Fit(path));
                Assert.Contains("is cut off or damaged", error.Message, StringComparison.Ordinal);
                Assert.False(File.Exists(_library.Path("fitted.so")));
            },
            iter: 50,
            threads: 1);

    [Fact]
    public void A_damaged_table_never_ends_in_anything_but_a_clear_error()
    {
        // The section headers are the last thing in the file; the versions lie where .gnu.version_r has them.
        var versions = (int)ElfLibrary.Read(TorchSharpLibrary.Original).NeededVersions().First().At;
        Gen.Select(Gen.OneOf(Gen.Int[40, 63], Gen.Int[versions - 16, versions + 512], Gen.Int[_whole.Length - 31 * 64, _whole.Length - 1]), Gen.Byte)
            .Sample(
                (at, value) =>
                {
                    var damaged = (byte[])_whole.Clone();
                    damaged[at] = value;
                    var error = Record.Exception(() => Fit(_library.File("damaged.so", damaged)));
                    return error is null or InvalidDataException or NotSupportedException;
                },
                iter: 200,
                threads: 1);
    }

    [Fact]
    public void The_build_gets_one_error_with_the_file_and_no_stack_trace()
    {
        var engine = new RecordingBuildEngine();
        var path = _library.File("short.so", _whole[..1000]);
        var task = new FitLibraryToGlibcxx
        {
            BuildEngine = engine,
            Library = new Microsoft.Build.Utilities.TaskItem(path),
            FittedPath = _library.Path("fitted.so"),
            GlibcxxVersion = "3.4.30",
        };

        Assert.False(task.Execute());
        Assert.Null(task.Fitted);
        var error = Assert.Single(engine.Errors);
        Assert.Equal(("CSNATIVE001", path), (error.Code, error.File));
        Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fitted_copy_takes_the_place_of_the_original_in_the_build()
    {
        var original = new Microsoft.Build.Utilities.TaskItem(TorchSharpLibrary.Original);
        original.SetMetadata("DestinationSubDirectory", "runtimes/linux-x64/native/");
        var task = new FitLibraryToGlibcxx
        {
            BuildEngine = new RecordingBuildEngine(),
            Library = original,
            FittedPath = _library.Path("fitted.so"),
            GlibcxxVersion = "3.4.30",
        };

        Assert.True(task.Execute());
        Assert.Equal(_library.Path("fitted.so"), task.Fitted!.ItemSpec);
        Assert.Equal("runtimes/linux-x64/native/", task.Fitted.GetMetadata("DestinationSubDirectory"));
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("3")]
    public void A_version_that_is_none_is_refused(string version)
    {
        var error = Assert.Throws<NotSupportedException>(() => Glibcxx.UpTo(version));
        Assert.Contains("auto, off or a version such as 3.4.30", error.Message, StringComparison.Ordinal);
    }

    private void Fit(string path) => GlibcxxPatch.Write(path, _library.Path("fitted.so"), Glibcxx.UpTo("3.4.30"));
}
