using System.Security.Cryptography;
using CrossStitch.Engines;
using CrossStitch.Parameters;
using CrossStitch.Towers;
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

    [Theory]
    [InlineData("not a checkpoint", 3, 2, 0.5, 2, 0, "it begins otherwise")]
    [InlineData("CrossStitch checkpoint 2", -3, 0, 0.5, 2, 0, "-3 epochs")]
    [InlineData("CrossStitch checkpoint 2", int.MaxValue, 0, 0.5, 2, 0, "2147483647 epochs")]
    [InlineData("CrossStitch checkpoint 2", 3, 4, 0.5, 2, 0, "epoch 4 as the best of 3")]
    [InlineData("CrossStitch checkpoint 2", 3, -1, 0.5, 2, 0, "epoch -1 as the best of 3")]
    [InlineData("CrossStitch checkpoint 2", 3, 2, double.NaN, 2, 0, "a best loss of NaN")]
    [InlineData("CrossStitch checkpoint 2", 3, 2, double.NegativeInfinity, 2, 0, "a best loss of -Infinity")]
    [InlineData("CrossStitch checkpoint 2", 3, 2, 0.5, int.MaxValue, 0, "weights of 2147483647 bytes")]
    [InlineData("CrossStitch checkpoint 2", 3, 2, 0.5, -1, 0, "weights of -1 bytes")]
    [InlineData("CrossStitch checkpoint 2", 3, 2, 0.5, 2, -1, "-1 sections")]
    [InlineData("CrossStitch checkpoint 2", 3, 2, 0.5, 2, int.MaxValue, "a name of 16383 bytes")]
    [InlineData("CrossStitch checkpoint 1", 3, 2, 0.5, 2, 7, "it goes on behind its end")]
    public void Absurd_content_is_refused_though_its_checksum_matches(string magic, int epoch, int bestEpoch, double bestLoss, int length, int sections, string why)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write(magic);
        writer.Write(epoch);
        writer.Write(bestEpoch);
        writer.Write(bestLoss);
        writer.Write(length);
        writer.Write(new byte[2]);
        writer.Write(0);
        writer.Write(0);
        writer.Write(sections);
        writer.Write(0x7fff);
        writer.Flush();
        var error = Refused(Sealed(buffer.ToArray()));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Any_change_whose_checksum_matches_is_refused_or_leaves_something_to_go_on_with()
    {
        var options = new TrainingOptions { Epochs = 2, BatchSize = 8, AverageDecay = 0.9, Patience = 2 };
        using var engine = new KernelEngine(TestNetworks.Build("split", new TowerShape([1, 4, 4], [new DenseStage("fc", 3)])));
        var trainer = new Trainer(engine, options, seed: 1);
        trainer.Run(new RandomData(8, side: 4), new RandomData(4, side: 4));
        trainer.Capture().Save(_path);
        var bytes = File.ReadAllBytes(_path)[..^SHA256.HashSizeInBytes];
        int[] nasty = [0, 1, -1, 127, 255, int.MaxValue, int.MinValue, 0x7f800000, 0x7fc00000];
        Gen.Select(Gen.Int[0, bytes.Length - 4], Gen.Int[0, nasty.Length - 1].Select(i => nasty[i]), Gen.Int[0, 3]).Sample((at, value, cut) =>
        {
            var changed = cut == 0 ? bytes[..at] : [.. bytes];
            if (cut > 0)
            {
                BitConverter.TryWriteBytes(changed.AsSpan(at), value);
            }

            File.WriteAllBytes(_path, Sealed(changed));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                trainer.Restore(Checkpoint.Load(_path));
                Assert.True(TestNetworks.IsFinite(engine.Network));
            }
            catch (CrossStitchException error)
            {
                Assert.DoesNotContain('\n', error.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 20) + (10L * bytes.Length));
        }, iter: 500, threads: 1);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused_with_their_block()
    {
        using var engine = new KernelEngine(TestNetworks.Build("split"));
        var trainer = new Trainer(engine, new TrainingOptions { AverageDecay = 0.9 }, seed: 1);
        var good = trainer.Capture();
        var before = NetworkWeights.Save(engine.Network.Parameters);
        Refused(good with { Weights = WithLast(good.Weights, float.NaN) }, "head.smile.bias: number 1 is NaN");
        Refused(good with { BestEpoch = 1, BestLoss = 1, Epoch = 1, BestWeights = WithLast(good.Weights, float.PositiveInfinity) }, "head.smile.bias: number 1 is");
        Refused(good with { Optimizer = WithLast(good.Optimizer, float.NaN) }, "head.smile.bias: number 1 is NaN");
        Refused(good with { Optimizer = WithLast(good.Optimizer, -1) }, "no mean of squares");
        Refused(good with { Optimizer = [.. good.Optimizer, 0] }, "optimiser");
        Refused(good with { Sections = new Dictionary<string, byte[]> { ["weight average 1"] = WithLast(good.Sections["weight average 1"], float.NaN) } }, "number 1 is NaN");
        Refused(good with { Sections = new Dictionary<string, byte[]> { ["weight average 1"] = [.. good.Sections["weight average 1"], 1] } }, "weight average");
        Assert.Equal(before, NetworkWeights.Save(engine.Network.Parameters));
        trainer.Restore(good);

        void Refused(Checkpoint checkpoint, string why) =>
            Assert.Contains(why, Assert.Throws<CrossStitchException>(() => trainer.Restore(checkpoint)).Message, StringComparison.Ordinal);

        static byte[] WithLast(byte[] bytes, float value) => [.. bytes[..^4], .. BitConverter.GetBytes(value)];
    }

    [Fact]
    public void Loading_takes_no_more_memory_than_the_file_has_bytes()
    {
        new Checkpoint(1, new byte[20_000_000], new byte[10_000_000], 0, 0, []).Save(_path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(20_000_000, Checkpoint.Load(_path).Weights.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 30_500_000);
        before = GC.GetAllocatedBytesForCurrentThread();
        Checkpoint.Load(_path).Save(_path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 31_000_000);
    }

    [Fact]
    public void A_missing_checkpoint_is_named() =>
        Assert.StartsWith(_path, Assert.Throws<CrossStitchException>(() => Checkpoint.Load(_path)).Message, StringComparison.Ordinal);

    private static byte[] Sealed(byte[] content) => [.. content, .. SHA256.HashData(content)];

    private CrossStitchException Refused(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<CrossStitchException>(() => Checkpoint.Load(_path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.StartsWith($"{_path}: not a checkpoint", error.Message, StringComparison.Ordinal);
        return error;
    }
}
