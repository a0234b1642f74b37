namespace CrossStitch.Training;

/// <summary>Examples with labels, by number: what a trainer learns from and is measured on.</summary>
public interface ILabelledData
{
    /// <summary>How many examples there are.</summary>
    int Count { get; }

    /// <summary>Fills a batch with examples and the labels of the tasks that it has. The same arguments always give the same batch.</summary>
    /// <param name="batch">Has room for them; its <see cref="Batch.Count"/> is already their number.</param>
    /// <param name="indices">Which examples, each from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="augmentationSeed">Seed of their random variation; null for the examples as they are.</param>
    void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed);
}
