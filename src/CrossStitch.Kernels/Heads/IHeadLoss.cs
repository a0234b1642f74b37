namespace CrossStitch.Kernels.Heads;

/// <summary>What a head learns: the loss of an example, and its gradient.</summary>
public interface IHeadLoss
{
    /// <summary>Whether an example has a label; one without is left out of the mean.</summary>
    /// <param name="label">Its numbers.</param>
    bool HasLabel(ReadOnlySpan<float> label);

    /// <summary>The loss of an example that has a label. Called by several threads at once.</summary>
    /// <param name="output">What the head predicts: [outputs].</param>
    /// <param name="label">Its label.</param>
    /// <param name="gradient">Receives the loss's gradient by the outputs: [outputs].</param>
    double Loss(ReadOnlySpan<float> output, ReadOnlySpan<float> label, Span<float> gradient);
}
