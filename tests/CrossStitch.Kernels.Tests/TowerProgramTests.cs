using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using CrossStitch.Kernels.Vectors;
using CsCheck;

namespace CrossStitch.Kernels.Tests;

public sealed unsafe class TowerProgramTests
{
    /// <summary>Rounding of a sum of a few hundred products of about one.</summary>
    private const double TooCloseToCall = 2e-6;

    private static readonly KernelShape Paper = new(
        1, 40, 40,
        [new(16, 5, 5, true), new(48, 3, 3, true), new(64, 3, 3, true), new(64, 2, 2, false), new(100, 2, 2, false)],
        Towers: 2, Stitched: true);

    /// <summary>Every width of vectors, those that this machine lacks included: they are slow here, and just as correct.</summary>
    public static TheoryData<int> Widths => [4, 8, 16];

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_papers_towers_match_a_scalar_reference(int width) =>
        Assert.Contains(true, Enumerable.Range(1, 6).Select(seed => Check(Paper, batch: 2, threads: 2, seed, (VectorWidth)width)));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_shape_and_batch_matches_a_scalar_reference(int width)
    {
        var stage = Gen.Select(Gen.Int[0, 4].Select(k => new[] { 8, 16, 24, 40, 72 }[k]), Gen.Int[1, 3], Gen.Int[1, 3], Gen.Bool, (channels, h, w, pool) => new KernelStage(channels, h, w, pool));
        var shape = Gen.Select(Gen.Int[1, 3], Gen.Int[8, 14], Gen.Int[8, 14], stage.Array[1, 3], Gen.Int[1, 3], Gen.Bool, (c, h, w, stages, towers, stitched) =>
            new KernelShape(c, h, w, stages, towers, stitched));
        var compared = 0;
        Gen.Select(shape.Where(IsPossible), Gen.Int[1, 20], Gen.Int[1, 3], Gen.Int[0, 1000]).Sample(
            (s, batch, threads, seed) => compared += Check(s, batch, threads, seed, (VectorWidth)width) ? 1 : 0, iter: 40, threads: 1);
        Assert.True(compared > 20, $"the gradients of {compared} of 40 shapes were compared");
    }

    [Fact]
    public void The_widest_vectors_that_are_fast_here_match_a_scalar_reference() =>
        Assert.Contains(true, Enumerable.Range(1, 6).Select(seed => Check(Paper, batch: 3, threads: 2, seed, VectorWidths.Widest)));

    [Fact]
    public void Without_AVX2_the_kernels_compute_the_same()
    {
        Assert.SkipUnless(X86Base.IsSupported, "AVX2 is there on x86 alone.");
        var start = new ProcessStartInfo("dotnet", [typeof(TowerProgramTests).Assembly.Location, "--filter-method", "*" + nameof(The_widest_vectors_that_are_fast_here_match_a_scalar_reference)])
        {
            Environment = { ["DOTNET_EnableAVX2"] = "0" },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("succeeded: 1", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_input_gives_the_same_bits_again_and_in_any_company()
    {
        using var work = new Work(Paper, batch: 37, threads: 2, seed: 3);
        var first = work.LearnAll();
        Assert.Equal(first, work.LearnAll());
        using var other = new Work(Paper, batch: 37, threads: 2, seed: 3);
        Assert.Equal(first, other.LearnAll());
        Assert.Equal(first[..work.FeatureGradients.Length], work.Features());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void One_image_gives_the_same_bits_with_any_number_of_threads(int width)
    {
        var other = new KernelShape(2, 13, 11, [new(24, 3, 3, true), new(100, 2, 2, false), new(40, 1, 2, true)], Towers: 3, Stitched: true);
        foreach (var shape in new[] { Paper, Paper with { Towers = 1, Stitched = false }, other })
        {
            using var alone = new Work(shape, batch: 1, threads: 1, seed: 3, (VectorWidth)width);
            var features = alone.Features();
            Assert.All(Enumerable.Range(2, 3), threads =>
            {
                using var work = new Work(shape, batch: 1, threads, seed: 3, (VectorWidth)width);
                Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal(features, work.Features()));
            });
        }
    }

    [Fact]
    public void A_number_that_is_none_stays_none()
    {
        using var work = new Work(Paper, batch: 2, threads: 1, seed: 4);
        work.Input[5 * 40] = float.NaN;
        var features = work.Features();
        Assert.Contains(features.Take(100), float.IsNaN);
        Assert.DoesNotContain(features.Skip(100).Take(100), float.IsNaN);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void After_the_first_batch_nothing_is_allocated(int threads)
    {
        using var work = new Work(Paper, batch: 20, threads, seed: 5);
        work.Predict();
        work.Learn();

        // Of this thread alone: the test runner's own threads allocate all the time.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            work.Predict();
            work.Learn();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool IsPossible(KernelShape shape)
    {
        var (h, w) = (shape.InputHeight, shape.InputWidth);
        foreach (var stage in shape.Stages)
        {
            (h, w) = ((h - stage.KernelHeight + 1) / (stage.Pool ? 2 : 1), (w - stage.KernelWidth + 1) / (stage.Pool ? 2 : 1));
        }

        return h > 0 && w > 0;
    }

    /// <summary>Compares features, and gradients unless a decision was too close; says whether gradients were.</summary>
    private static bool Check(KernelShape shape, int batch, int threads, int seed, VectorWidth width)
    {
        using var work = new Work(shape, batch, threads, seed, width);
        var reference = work.Reference;
        var gradients = new Reference.Gradients(reference);
        var features = work.Features();
        work.Learn();
        var f = reference.Features;
        for (var image = 0; image < batch; image++)
        {
            var pixels = work.Input.AsSpan(image * work.Pixels, work.Pixels).ToArray().Select(v => (double)v).ToArray();
            var given = Enumerable.Range(0, shape.Towers).Select(t => work.FeatureGradients.AsSpan(((t * batch) + image) * f, f).ToArray().Select(v => (double)v).ToArray()).ToArray();
            var expected = reference.Run(pixels, given, gradients);
            for (var t = 0; t < shape.Towers; t++)
            {
                AssertClose([.. expected[t].Select(value => new Reference.Sum { Value = value })], features.AsSpan(((t * batch) + image) * f, f), $"features of image {image}, tower {t}");
            }
        }

        if (reference.ClosestDecision < TooCloseToCall)
        {
            return false;
        }

        var computed = work.Gradients();
        for (var s = 0; s < shape.Stages.Count; s++)
        {
            for (var t = 0; t < shape.Towers; t++)
            {
                var (weights, bias) = computed[t][s];
                AssertClose(gradients.Weights[t][s], weights, $"weights of tower {t}, stage {s}");
                AssertClose(gradients.Biases[t][s], bias, $"bias of tower {t}, stage {s}");
            }

            if (shape.Stitched)
            {
                AssertClose(gradients.Alphas[s], work.AlphaGradient(s, perChannel: true), $"alpha of stage {s}");
                var perLayer = gradients.Alphas[s].Chunk(shape.Stages[s].Channels)
                    .Select(channels => new Reference.Sum { Value = channels.Sum(sum => sum.Value), Size = channels.Sum(sum => sum.Size) }).ToArray();
                AssertClose(perLayer, work.AlphaGradient(s, perChannel: false), $"alpha of layer {s}");
            }
        }

        return true;
    }

    private static void AssertClose(Reference.Sum[] expected, ReadOnlySpan<float> actual, string what)
    {
        var typical = Math.Max(1e-3, Math.Sqrt(expected.Average(sum => sum.Value * sum.Value)));
        for (var i = 0; i < expected.Length; i++)
        {
            var (value, size) = (expected[i].Value, expected[i].Size);
            Assert.True(Math.Abs(value - actual[i]) <= 2e-5 * (typical + Math.Abs(value) + size), $"{what} [{i}]: {value} expected, {actual[i]} computed (typical {typical}, terms {size})");
        }
    }
}
