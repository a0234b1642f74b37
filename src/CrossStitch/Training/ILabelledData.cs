namespace CrossStitch.Training;

/// <summary>Examples with labels, by number: what a trainer learns from and is measured on.</summary>
public interface ILabelledData
{
    /// <summary>How many examples there are.</summary>
    int Count { get; }

    /// <summary>Makes a batch. The same arguments always make the same batch.</summary>
    /// <param name="indices">Which examples, each from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="augmentationSeed">Seed of their random variation; null for the examples as they are.</param>
    Batch GetBatch(ReadOnlySpan<int> indices, long? augmentationSeed);
}
