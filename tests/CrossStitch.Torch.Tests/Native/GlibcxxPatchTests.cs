using CrossStitch.Build;

namespace CrossStitch.Torch.Tests.Native;

public sealed class GlibcxxPatchTests : IDisposable
{
    private const string StreamsNeeded = "_ZSt21ios_base_library_initv";
    private const string StreamsConstructor = "_ZNSt8ios_base4InitC1Ev";
    private const string Wait = "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE";

    private readonly TorchSharpLibrary _library = new();

    public void Dispose() => _library.Dispose();

    [Fact]
    public void The_package_asks_for_a_version_that_Debian_12_lacks()
    {
        // The day this fails, TorchSharp has changed its compiler: see whether the build step is still needed.
        Assert.Equal("GLIBCXX_3.4.32", VersionOf(TorchSharpLibrary.Original, StreamsNeeded));
    }

    [Fact]
    public void Fitted_to_Debian_12_it_asks_for_the_older_initialiser_of_the_streams()
    {
        var fitted = _library.FittedTo("3.4.30");
        Assert.Null(VersionOf(fitted, StreamsNeeded));
        Assert.Equal("GLIBCXX_3.4", VersionOf(fitted, StreamsConstructor));
        Assert.Equal("GLIBCXX_3.4.30", VersionOf(fitted, Wait));
        Assert.Equal("GLIBCXX_3.4.30", NewestNeeded(fitted));
    }

    [Fact]
    public void Fitted_to_RHEL_9_it_also_waits_the_older_way()
    {
        var fitted = _library.FittedTo("3.4.29");
        Assert.Equal("GLIBCXX_3.4.11", VersionOf(fitted, Wait));
        Assert.Equal("GLIBCXX_3.4.29", NewestNeeded(fitted));
    }

    [Theory]
    [InlineData("3.4.29")]
    [InlineData("3.4.30")]
    public void Every_needed_version_keeps_the_hash_that_the_loader_compares(string version)
    {
        var fitted = ElfLibrary.Read(_library.FittedTo(version));
        Assert.All(fitted.NeededVersions(), need => Assert.Equal(Hash(need.Name), BitConverter.ToUInt32(fitted.Bytes, (int)need.At)));
    }

    [Fact]
    public void Nothing_else_in_the_library_changes()
    {
        var before = File.ReadAllBytes(TorchSharpLibrary.Original);
        var after = File.ReadAllBytes(_library.FittedTo("3.4.30"));
        Assert.Equal(before.Length, after.Length);

        // The symbol's name, its version, and the entry's hash and name.
        var changed = before.Zip(after).Count(pair => pair.First != pair.Second);
        Assert.InRange(changed, 1, StreamsNeeded.Length + 2 + 4 + 4);
    }

    [Fact]
    public void A_system_that_is_too_old_is_named_with_what_it_lacks()
    {
        var error = Assert.Throws<NotSupportedException>(() => _library.FittedTo("3.4.28"));
        Assert.Contains("__throw_bad_array_new_length", error.Message, StringComparison.Ordinal);
        Assert.Contains("GLIBCXX_3.4.28", error.Message, StringComparison.Ordinal);
        Assert.Contains("Debian 12", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.4.32")]
    [InlineData("3.4.33")]
    public void Where_the_system_is_new_enough_nothing_is_written(string version)
    {
        Assert.False(GlibcxxPatch.Write(TorchSharpLibrary.Original, _library.Path("copy.so"), Glibcxx.UpTo(version)));
        Assert.False(File.Exists(_library.Path("copy.so")));
    }

    [Fact]
    public void A_fitted_library_fits_as_it_is()
    {
        Assert.False(GlibcxxPatch.Write(_library.FittedTo("3.4.30"), _library.Path("again.so"), Glibcxx.UpTo("3.4.30")));
    }

    [Fact]
    public void Fitting_again_leaves_the_fitted_file_alone()
    {
        var longAgo = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var fitted = _library.FittedTo("3.4.30");
        File.SetLastWriteTimeUtc(fitted, longAgo);
        Assert.Equal(fitted, _library.FittedTo("3.4.30"));
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(fitted));
    }

    [Fact]
    public void A_stale_fitted_file_is_replaced()
    {
        _library.File("fitted-3.4.30.so", [1, 2, 3]);
        Assert.Equal("GLIBCXX_3.4.30", NewestNeeded(_library.FittedTo("3.4.30")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_in_the_way_is_replaced_and_not_followed(bool targetExists)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows may forbid links.");
        var target = _library.Path("target.so");
        if (targetExists)
        {
            File.Copy(TorchSharpLibrary.Original, target);
        }

        File.CreateSymbolicLink(_library.Path("fitted-3.4.30.so"), target);
        var fitted = _library.FittedTo("3.4.30");

        Assert.Null(new FileInfo(fitted).LinkTarget);
        Assert.Equal("GLIBCXX_3.4.30", NewestNeeded(fitted));
        Assert.Equal(targetExists, File.Exists(target));
        Assert.True(!targetExists || File.ReadAllBytes(target).SequenceEqual(File.ReadAllBytes(TorchSharpLibrary.Original)));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(fitted)!, "*.tmp"));
    }

    [Fact]
    public void The_file_in_the_NuGet_cache_stays_as_it_was()
    {
        var (bytes, time) = (File.ReadAllBytes(TorchSharpLibrary.Original), File.GetLastWriteTimeUtc(TorchSharpLibrary.Original));
        _library.FittedTo("3.4.30");
        Assert.Equal(bytes, File.ReadAllBytes(TorchSharpLibrary.Original));
        Assert.Equal(time, File.GetLastWriteTimeUtc(TorchSharpLibrary.Original));
    }

    [Fact]
    public void The_libstdcxx_of_this_system_is_read_from_its_own_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a libstdc++.so.6.");
        var glibcxx = Glibcxx.OfThisProcess();
        Assert.Contains("libstdc++.so.6", glibcxx.Description, StringComparison.Ordinal);
        Assert.True(glibcxx.Has("GLIBCXX_3.4"));
        Assert.True(glibcxx.Has("CXXABI_1.3"));
        Assert.False(glibcxx.Has("GLIBCXX_3.4.999"));
    }

    private static string? VersionOf(string path, string symbol)
    {
        var library = ElfLibrary.Read(path);
        var found = library.Symbols().SingleOrDefault(candidate => candidate.Name == symbol);
        return found.Name is null ? null : library.NeededVersions().Single(need => need.Index == found.Version).Name;
    }

    private static string NewestNeeded(string path) =>
        ElfLibrary.Read(path).NeededVersions().Select(need => need.Name).Where(Glibcxx.IsRelease).MaxBy(Glibcxx.Number)!;

    // The hash of the System V ABI, as its text gives it.
    private static uint Hash(string name)
    {
        uint hash = 0;
        foreach (var character in name)
        {
            hash = (hash << 4) + character;
            var top = hash & 0xf0000000;
            hash = (hash ^ (top >> 24)) & ~top;
        }

        return hash;
    }
}
