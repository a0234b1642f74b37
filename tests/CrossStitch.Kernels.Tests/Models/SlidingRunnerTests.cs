using CrossStitch.Kernels.Models;

namespace CrossStitch.Kernels.Tests.Models;

/// <summary>A network that slides over a picture says at every place what it says of that place's input alone.</summary>
[Collection(MeasuredMemory.Name)]
public sealed class SlidingRunnerTests
{
    private static readonly KernelShape Finder = new(1, 30, 30, [new(16, 3, 3, true), new(24, 3, 3, true), new(32, 3, 3, true), new(40, 2, 2, false)], 1, false);

    public static TheoryData<string, int, int> Places => new()
    {
        { "finder", 1, 1 },
        { "finder", 1, 6 },
        { "finder", 7, 4 },
        { "finder", 15, 31 },
        { "paper", 3, 5 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Every_place_is_as_its_input_alone(string shape, int rows, int columns)
    {
        var model = Model(shape == "finder" ? Finder : RandomModels.Paper);
        using var sliding = new SlidingRunner(model);
        using var alone = new NetworkRunner(model);
        Assert.Equal(8, sliding.Stride);
        var (height, width) = (sliding.HeightOf(rows), sliding.WidthOf(columns));
        var picture = Picture(height * width, seed: rows);
        var (output, expected) = (new NetworkOutput(model), new NetworkOutput(model));
        sliding.Run(picture, rows, columns, output);
        Assert.Equal(rows * columns, output.Batch);
        var input = new float[model.InputLength];
        for (var place = 0; place < rows * columns; place++)
        {
            for (var y = 0; y < model.Shape.InputHeight; y++)
            {
                var from = (((place / columns * 8) + y) * width) + (place % columns * 8);
                picture.AsSpan(from, model.Shape.InputWidth).CopyTo(input.AsSpan(y * model.Shape.InputWidth));
            }

            alone.Run(input, 1, expected);
            for (var h = 0; h < model.Heads.Count; h++)
            {
                var outputs = model.Heads[h].Outputs;
                for (var o = 0; o < outputs; o++)
                {
                    var number = expected[h][o];
                    Assert.InRange(output[h][(place * outputs) + o], number - (2e-4f * (1 + MathF.Abs(number))), number + (2e-4f * (1 + MathF.Abs(number))));
                }
            }
        }
    }

    [Fact]
    public void Threads_and_sizes_in_any_order_change_no_bit()
    {
        var model = Model(Finder);
        using var runner = new SlidingRunner(model);
        (int Rows, int Columns)[] sizes = [.. Enumerable.Range(0, SlidingRunner.KeptSizes + 3).Select(i => (1 + (i % 4), 1 + (i / 4)))];
        var pictures = sizes.Select((size, i) => Picture(runner.HeightOf(size.Rows) * runner.WidthOf(size.Columns), i)).ToList();
        var expected = sizes.Select((size, i) =>
        {
            var output = new NetworkOutput(model);
            runner.Run(pictures[i], size.Rows, size.Columns, output);
            return output[0].ToArray();
        }).ToList();
        Stress.Run(callers: 4, TimeSpan.FromSeconds(Stress.Seconds(0.4)), random =>
        {
            var i = random.Next(sizes.Length);
            var output = new NetworkOutput(model);
            runner.Run(pictures[i], sizes[i].Rows, sizes[i].Columns, output);
            Assert.Equal(expected[i], output[0].ToArray());
        });
    }

    [Fact]
    public void What_cannot_slide_says_why()
    {
        var standardized = RandomModels.Draw(Finder, seed: 1);
        Assert.Contains("standardises", Assert.Throws<ModelFileException>(() => new SlidingRunner(standardized)).Message, StringComparison.Ordinal);
        var wide = Model(new KernelShape(1, 8, 8, [new(4, 3, 3, true)], 1, false));
        Assert.Contains("leaves 3×3 places", Assert.Throws<ModelFileException>(() => new SlidingRunner(wide)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_calls_are_refused()
    {
        var model = Model(Finder);
        var runner = new SlidingRunner(model);
        var output = new NetworkOutput(model);
        Assert.Contains("2×1 places are a picture of 1140 numbers, not 1139.", Assert.Throws<ArgumentException>(() => runner.Run(new float[1139], 2, 1, output)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => runner.Run(new float[900], 0, 1, output));
        Assert.Throws<ArgumentOutOfRangeException>(() => runner.Run(new float[900], 1, SlidingRunner.MostPlaces + 1, output));
        Assert.Throws<ArgumentException>(() => runner.Run(new float[900], 1, 1, new NetworkOutput(Model(Finder))));
        runner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => runner.Run(new float[900], 1, 1, output));
    }

    [Fact]
    public void What_takes_more_than_the_limit_is_refused_before_it_is_asked_for()
    {
        // Sixteen stored channels of 512×512 numbers after the first stage alone are 16 MiB.
        var model = Model(new KernelShape(1, 64, 64, [.. Enumerable.Repeat(new KernelStage(1, 1, 1, true), 6)], 1, false));
        using var runner = new SlidingRunner(model, memoryLimit: 16 << 20);
        var (picture, output) = (new float[1024 * 1024], new NetworkOutput(model));
        runner.Run(picture.AsSpan(0, 64 * 64), 1, 1, output);
        var before = Stress.Now().WorkingSet;
        var error = Assert.Throws<ModelFileException>(() => runner.Run(picture, 16, 16, output));
        Assert.Contains("16×16 places at once: it needs ", error.Message, StringComparison.Ordinal);
        Assert.InRange(Environment.WorkingSet, 0, before + (12 << 20));
    }

    private static NetworkModel Model(KernelShape shape)
    {
        var model = RandomModels.Draw(shape, seed: 3);
        return model with { Input = model.Input with { Standardized = false } };
    }

    private static float[] Picture(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
