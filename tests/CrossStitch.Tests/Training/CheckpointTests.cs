using CrossStitch.Training;
using CsCheck;

namespace CrossStitch.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_is_saved_is_loaded()
    {
        var checkpoint = new Checkpoint(3, [1, 2], [3], 2, 0.5, [4, 5, 6]);
        checkpoint.Save(_path);
        var loaded = Checkpoint.Load(_path);
        Assert.Equivalent(checkpoint, loaded, strict: true);
        Assert.False(File.Exists(_path + ".new"));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        new Checkpoint(3, [1, 2], [3], 2, 0.5, [4, 5, 6]).Save(_path);
        var bytes = File.ReadAllBytes(_path);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Bool).Sample((at, cut) =>
        {
            var damaged = cut ? bytes[..at] : [.. bytes];
            if (!cut)
            {
                damaged[at] ^= 0x40;
            }

            File.WriteAllBytes(_path, damaged);
            Assert.Contains("damaged", Assert.Throws<CrossStitchException>(() => Checkpoint.Load(_path)).Message, StringComparison.Ordinal);
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void A_missing_checkpoint_is_named() =>
        Assert.StartsWith(_path, Assert.Throws<CrossStitchException>(() => Checkpoint.Load(_path)).Message, StringComparison.Ordinal);
}
