using static TorchSharp.torch;

namespace CrossStitch.Training;

/// <summary>Some examples with their labels; whoever takes it disposes it.</summary>
/// <param name="Input">[batch, channels, height, width].</param>
/// <param name="Targets">A target a task, by the task's name: [batch, outputs] of a regression, [batch] int64 of a classification.</param>
public sealed record Batch(Tensor Input, IReadOnlyDictionary<string, Tensor> Targets) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Input.Dispose();
        foreach (var target in Targets.Values)
        {
            target.Dispose();
        }
    }
}
