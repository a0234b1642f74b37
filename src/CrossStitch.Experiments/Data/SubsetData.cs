using CrossStitch.Kernels;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>Some of the examples of other data, in an order of their own.</summary>
/// <param name="data">The other data.</param>
/// <param name="indices">Which of them.</param>
internal class SubsetData(ILabelledData data, int[] indices) : IDescribedData
{
    /// <inheritdoc/>
    public int Count => indices.Length;

    /// <inheritdoc/>
    public IReadOnlyList<Grouping> Groupings { get; } = data is IDescribedData described
        ? [.. described.Groupings.Select(grouping => grouping with { GroupOf = [.. indices.Select(index => grouping.GroupOf[index])] })]
        : [];

    /// <inheritdoc/>
    public string NameOf(int index) => data is IDescribedData described ? described.NameOf(indices[index]) : $"{indices[index]}";

    /// <inheritdoc/>
    public double UnitOf(int index) => data is IDescribedData described ? described.UnitOf(indices[index]) : 1;

    /// <inheritdoc/>
    public void Fill(Batch batch, ReadOnlySpan<int> places, long? augmentationSeed)
    {
        Span<int> mapped = places.Length <= 1024 ? stackalloc int[places.Length] : new int[places.Length];
        for (var i = 0; i < mapped.Length; i++)
        {
            mapped[i] = indices[places[i]];
        }

        data.Fill(batch, mapped, augmentationSeed);
    }

    /// <summary>Splits examples at random: which to learn from, and which to validate on.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="share">Share of them that is set aside for validation.</param>
    /// <param name="seed">Which ones.</param>
    public static (int[] Training, int[] Validation) Split(ILabelledData data, double share, long seed)
    {
        var random = new SeededRandom(unchecked((ulong)seed));
        var order = Enumerable.Range(0, data.Count).ToArray();
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Next(0, i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        var validation = (int)Math.Round(data.Count * share);
        return (order[validation..], order[..validation]);
    }
}
