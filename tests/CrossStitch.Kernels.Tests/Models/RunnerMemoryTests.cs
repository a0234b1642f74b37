using CrossStitch.Kernels.Models;

namespace CrossStitch.Kernels.Tests.Models;

/// <summary>What a runner takes is known before it is taken, and bounded.</summary>
[Collection(MeasuredMemory.Name)]
public sealed class RunnerMemoryTests
{
    /// <summary>Two stages of one channel and a kernel of 1×1: the most that padding can make of them.</summary>
    private static readonly NetworkModel Thin = Zeros(new KernelShape(1, 8, 8, [new(1, 1, 1, false), new(1, 1, 1, false)], 1, false));

    [Fact]
    public void A_small_model_needs_what_a_hand_computes()
    {
        // Every part ends in 64 floats of slack, at a multiple of 16. Weights: 16 × 1, then 16 × 16, no Winograd, and 16 biases
        // each; a head of 64 weights and a bias.
        const int weights = 80 + 64 + 80 + 320 + 64 + 80 + 64, heads = 128 + 80 + 64;

        // An example: 64 numbers of input, 64 × 16 after each stage, 64 features; 480 of scratch.
        const int example = 128 + 1088 + 1088 + 128 + 544 + 64;

        // And in each stage a table of 64 patches and 8 more.
        const int tables = 2 * (64 + 8);
        const long needed = 4 * (weights + heads + example + tables);
        using var runner = new NetworkRunner(Thin, threads: 1, needed);
        Assert.Equal(needed, runner.MemoryLimit);
        runner.Run(new float[64 * 40], batch: 40);
        var error = Assert.Throws<ModelFileException>(() => new NetworkRunner(Thin, threads: 1, needed - 1));
        Assert.Contains($"it needs {needed} bytes of memory to run one example, and the limit is {needed - 1}.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void With_the_least_memory_it_says_the_same(int threads)
    {
        var model = RandomModels.Draw(RandomModels.Paper, seed: 6);
        using var free = new NetworkRunner(model, threads);
        using var tight = new NetworkRunner(model, threads, MemoryLimits.Smallest(model, threads));
        var random = new Random(6);
        foreach (var batch in new[] { 1, 40, 3, 1 })
        {
            float[] input = [.. Enumerable.Range(0, batch * model.InputLength).Select(_ => (float)random.NextDouble())];
            Assert.Equal(free.Run(input, batch)["where"].ToArray(), tight.Run(input, batch)["where"].ToArray());
        }
    }

    [Fact]
    public void A_small_file_that_padding_would_blow_up_is_refused_before_memory_is_asked_for()
    {
        // 884 kB of weights, of which the kernels would make 226 MB.
        var model = Zeros(new KernelShape(1, 480, 480, [new(1, 1, 1, false), new(1, 470, 470, false)], 1, false));
        Assert.InRange(MemoryLimits.Smallest(model), 226_000_000, 300_000_000);
        var loaded = RandomModels.Load(RandomModels.Bytes(model));
        var (allocated, before) = (GC.GetAllocatedBytesForCurrentThread(), Stress.Now().WorkingSet);
        var error = Assert.Throws<ModelFileException>(() => new NetworkRunner(loaded));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1 << 20);
        Assert.InRange(Environment.WorkingSet, 0, before + (64 << 20));
        Assert.Contains("bytes of memory to run one example, and the limit is ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void What_runners_take_stays_within_their_limit()
    {
        // Eight callers with batches that want room for sixteen examples each.
        var model = Zeros(new KernelShape(1, 200, 200, [new(16, 3, 3, true), new(16, 3, 3, true)], 2, true));
        var limit = MemoryLimits.Smallest(model) * 5 / 2;
        var input = new float[16 * model.InputLength];
        Stress.Now();
        using var runner = new NetworkRunner(model, threads: 1, limit);
        var before = Stress.Now().WorkingSet;
        Stress.Run(callers: 8, TimeSpan.FromSeconds(0.5), _ => runner.Run(input, batch: 16));
        Assert.InRange(Environment.WorkingSet - before, 0, limit + (48 << 20));
    }

    private static NetworkModel Zeros(KernelShape shape)
    {
        var (channels, height, width) = (shape.InputChannels, shape.InputHeight, shape.InputWidth);
        var stages = new List<StageWeights>();
        foreach (var stage in shape.Stages)
        {
            stages.Add(new(new float[stage.Channels * channels * stage.KernelHeight * stage.KernelWidth], new float[stage.Channels]));
            var pool = stage.Pool ? 2 : 1;
            (channels, height, width) = (stage.Channels, (height - stage.KernelHeight + 1) / pool, (width - stage.KernelWidth + 1) / pool);
        }

        return new NetworkModel(
            shape,
            [.. Enumerable.Repeat(stages, shape.Towers)],
            shape.Stitched ? [.. shape.Stages.Select(stage => (ReadOnlyMemory<float>)new float[shape.Towers * shape.Towers * stage.Channels])] : [],
            [new NetworkHead("head", HeadKind.Regression, 0, 1, new float[channels * height * width], new float[1])]);
    }
}
