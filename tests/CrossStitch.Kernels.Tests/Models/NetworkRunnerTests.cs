using CrossStitch.Kernels.Models;
using CsCheck;

namespace CrossStitch.Kernels.Tests.Models;

public sealed class NetworkRunnerTests
{
    [Fact]
    public void Any_network_says_what_a_scalar_reference_says()
    {
        var stage = Gen.Select(Gen.Int[1, 20], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Bool, (channels, h, w, pool) => new KernelStage(channels, h, w, pool));
        var shape = Gen.Select(Gen.Int[1, 3], stage.Array[1, 2], Gen.Int[1, 3], Gen.Bool, (c, stages, towers, stitched) => new KernelShape(c, 12, 13, stages, towers, stitched));
        Gen.Select(shape, Gen.Int[1, 3], Gen.Int[0, 1000]).Sample((s, threads, seed) =>
        {
            var model = RandomModels.Load(RandomModels.Bytes(RandomModels.Draw(s, seed, out var reference)));
            using var runner = new NetworkRunner(model, threads);

            // Up and down again: room that was made for many must serve few.
            foreach (var batch in new[] { 1, 5, 37, 2 })
            {
                Check(runner, reference, batch, seed);
            }
        }, iter: 15, threads: 1);
    }

    [Fact]
    public void An_example_alone_says_what_it_says_in_company()
    {
        using var runner = new NetworkRunner(RandomModels.Draw(RandomModels.Paper, seed: 2));
        var input = Input(runner, batch: 128, seed: 2);
        var together = runner.Run(input, batch: 128)["what"].ToArray();
        for (var i = 0; i < 128; i += 31)
        {
            var alone = runner.Run(input.AsSpan(i * runner.Model.InputLength, runner.Model.InputLength), batch: 1);
            Assert.Equal(together.AsSpan(i * 3, 3).ToArray(), alone[1].ToArray());
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 128)]
    [InlineData(2, 128)]
    public void After_the_first_batch_nothing_is_allocated(int threads, int batch)
    {
        using var runner = new NetworkRunner(RandomModels.Draw(RandomModels.Paper, seed: 3), threads);
        var input = Input(runner, batch, seed: 3);
        var output = new NetworkOutput(runner.Model);
        var read = 0;
        Run(1);

        // On a busy machine a caller that falls asleep costs a few bytes; what a call itself allocates, it does each time.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => Allocated()).ToArray());
        Assert.Equal(16 * 10 * batch, read);

        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(3);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                runner.Run(input, batch, output);
                read += output["where"].Length;
            }
        }
    }

    [Fact]
    public void What_cannot_be_asked_is_refused()
    {
        var model = RandomModels.Draw(RandomModels.Small, seed: 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkRunner(model, threads: 0));
        var runner = new NetworkRunner(model);
        var output = new NetworkOutput(model);
        Assert.True(output["where"].IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => runner.Run([], batch: 0));
        Assert.Contains("2 examples of 144 numbers are 288 numbers, not 144", Assert.Throws<ArgumentException>(() => runner.Run(new float[144], batch: 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => runner.Run(new float[144], batch: int.MaxValue));
        Assert.Contains("it has where, what", Assert.Throws<ArgumentException>(() => output["why"].Length).Message, StringComparison.Ordinal);
        var same = RandomModels.Draw(RandomModels.Small, seed: 4);
        Assert.Throws<ArgumentException>(() => runner.Run(new float[144], batch: 1, new NetworkOutput(same)));
        runner.Dispose();
        runner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => runner.Run(new float[144], batch: 1));
    }

    [Fact]
    public void A_number_that_is_none_spoils_its_own_example_alone()
    {
        using var runner = new NetworkRunner(RandomModels.Draw(RandomModels.Paper, seed: 5));
        var input = Input(runner, batch: 3, seed: 5);
        input[1600 + 300] = float.NaN;
        var output = runner.Run(input, batch: 3);
        Assert.All(output["where"][..10].ToArray(), number => Assert.True(float.IsFinite(number)));
        Assert.All(output["where"][10..20].ToArray(), number => Assert.True(float.IsNaN(number)));
        Assert.All(output["where"][20..].ToArray(), number => Assert.True(float.IsFinite(number)));
    }

    [Fact]
    public void Probabilities_are_those_of_a_softmax()
    {
        float[] logits = [0, MathF.Log(3), 1000, 1000];
        HeadOutputs.Softmax(logits, classes: 2, logits);
        Assert.Equal([0.25f, 0.75f, 0.5f, 0.5f], logits, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(1, HeadOutputs.Highest([1, 3, 3, 2]));
        Assert.Throws<ArgumentException>(() => HeadOutputs.Softmax([1, 2, 3], classes: 2, new float[3]));
        Assert.Throws<ArgumentException>(() => HeadOutputs.Highest([]));
    }

    [Fact]
    public void Raw_values_are_scaled_shifted_and_standardised()
    {
        float[] values = [0, 100, 200];
        new InputFormat { Scale = 0.01f, Offset = -1 }.Normalize(values);
        Assert.Equal([-1f, 0, 1], values);
        new InputFormat { Standardized = true }.Normalize(values);
        Assert.Equal([-MathF.Sqrt(1.5f), 0, MathF.Sqrt(1.5f)], values, (a, b) => Math.Abs(a - b) < 1e-6);
        new InputFormat { Standardized = true, MinimumDeviation = 1.1f }.Normalize(values);
        Assert.Equal([0f, 0, 0], values);
        new InputFormat { Standardized = true }.Normalize(values);
        Assert.Equal([0f, 0, 0], values);
    }

    private static float[] Input(NetworkRunner runner, int batch, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, batch * runner.Model.InputLength).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    private static void Check(NetworkRunner runner, Reference reference, int batch, int seed)
    {
        var input = Input(runner, batch, seed);
        var output = runner.Run(input, batch);
        for (var image = 0; image < batch; image++)
        {
            var pixels = input.AsSpan(image * runner.Model.InputLength, runner.Model.InputLength).ToArray();
            var features = reference.Run(Array.ConvertAll(pixels, pixel => (double)pixel), null, null);
            for (var h = 0; h < runner.Model.Heads.Count; h++)
            {
                var head = runner.Model.Heads[h];
                for (var o = 0; o < head.Outputs; o++)
                {
                    var weights = head.Weights.ToArray().AsSpan(o * reference.Features, reference.Features);
                    var (sum, size) = ((double)head.Biases.Span[o], 1.0);
                    for (var k = 0; k < weights.Length; k++)
                    {
                        sum += weights[k] * features[head.Tower][k];
                        size += Math.Abs(weights[k] * features[head.Tower][k]);
                    }

                    Assert.Equal(sum, output[h][(image * head.Outputs) + o], 1e-5 * size);
                }
            }
        }
    }
}
