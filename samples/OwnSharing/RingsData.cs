using CrossStitch.Experiments.Data;
using CrossStitch.Kernels;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace OwnSharing;

/// <summary>Points of a plane with how far they are from the middle, which is the main task, and the ring and the side that they are in.</summary>
/// <param name="Count">How many points; as many again are measured on.</param>
/// <param name="Seed">Which.</param>
internal sealed record RingsData(int Count, long Seed = 1) : DataRecipe
{
    /// <inheritdoc/>
    public override IReadOnlyList<LearningTask> Tasks() =>
        [new RegressionTask("distance", Outputs: 1), new ClassificationTask("ring", 3, Weight: 0.1), new ClassificationTask("side", 2, Weight: 0.1) { OutputNames = ["left", "right"] }];

    /// <inheritdoc/>
    public override TowerShape Backbone() => new([2, 1, 1], [new DenseStage("first", 24), new DenseStage("second", 24)]);

    /// <inheritdoc/>
    public override string ShortName() => "rings";

    /// <inheritdoc/>
    public override Dataset Load(IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default) => new Points(Count, Seed);

    private sealed class Points(int count, long seed) : Dataset
    {
        public override ILabelledData Training { get; } = new Examples(count, new SeededRandom((ulong)seed, 0));

        public override ILabelledData Test { get; } = new Examples(count, new SeededRandom((ulong)seed, 1));

        public override string Fingerprint => $"{count} of {seed}";
    }

    private sealed class Examples(int count, SeededRandom random) : ILabelledData
    {
        private readonly (float X, float Y)[] _points = [.. Enumerable.Range(0, count).Select(_ => ((float)random.NextBetween(-1, 1), (float)random.NextBetween(-1, 1)))];

        public int Count => _points.Length;

        public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed)
        {
            for (var i = 0; i < indices.Length; i++)
            {
                var (x, y) = _points[indices[i]];
                var distance = MathF.Sqrt((x * x) + (y * y));
                (batch.Example(i)[0], batch.Example(i)[1]) = (x, y);
                Label(batch, "distance", i, distance);
                Label(batch, "ring", i, Math.Min(2, (int)(2 * distance)));
                Label(batch, "side", i, x < 0 ? 0 : 1);
            }
        }

        /// <summary>A network need not learn every task.</summary>
        private static void Label(Batch batch, string task, int example, float value)
        {
            if (batch.Has(task))
            {
                batch.Label(task, example)[0] = value;
            }
        }
    }
}
