using System.Globalization;
using CrossStitch.Experiments.Data;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tenants.Tests;

/// <summary>A data source that is no picture: a CSV file of two columns, x and y. What is learned of a point is how far it is from the origin, and in which of three rings.</summary>
/// <param name="File">The file; without a line of names.</param>
internal sealed record PlaneData(string File) : DataRecipe
{
    public const string Distance = "distance";
    public const string Ring = "ring";

    public override IReadOnlyList<LearningTask> Tasks() => [new RegressionTask(Distance, 1), new RingTask(Ring, 3, 0.1)];

    public override TowerShape Backbone() => new([2, 1, 1], [new DenseStage("hidden", 16), new DenseStage("features", 8)]);

    public override string ShortName() => "plane";

    public override DataRecipe Portable() => this with { File = Path.GetFileName(File) };

    public override Dataset Load(IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var points = System.IO.File.ReadLines(File).Select((line, i) => Parse(line, i + 1)).ToArray();
        progress?.Report(new LoadProgress(points.Length, points.Length));
        return new Points(points[..^40], points[^40..]);
    }

    private (float X, float Y) Parse(string line, int number) => line.Split(',') is [var x, var y]
        && float.TryParse(x, CultureInfo.InvariantCulture, out var across) && float.TryParse(y, CultureInfo.InvariantCulture, out var up)
        ? (across, up)
        : throw new CrossStitchException($"{File}({number}): a point is two numbers with a comma between them.");

    private sealed class Points((float X, float Y)[] training, (float X, float Y)[] test) : Dataset
    {
        public override ILabelledData Training { get; } = new Examples(training);

        public override ILabelledData Test { get; } = new Examples(test);

        public override string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{training.Length}+{test.Length}:{training.Concat(test).Sum(point => point.X + (2 * point.Y)):R}");
    }

    private sealed class Examples((float X, float Y)[] points) : ILabelledData
    {
        public int Count => points.Length;

        public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
        {
            for (var i = 0; i < indices.Length; i++)
            {
                var (x, y) = points[indices[i]];
                (batch.Example(i)[0], batch.Example(i)[1]) = (x, y);
                var distance = MathF.Sqrt((x * x) + (y * y));
                if (batch.Has(Distance))
                {
                    batch.Label(Distance, i)[0] = distance;
                }

                if (batch.Has(Ring))
                {
                    batch.Label(Ring, i)[0] = Math.Min(2, (int)(2 * distance));
                }
            }
        }
    }
}
