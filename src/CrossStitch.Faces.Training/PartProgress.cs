using CrossStitch.Experiments.Data;

namespace CrossStitch.Faces.Training;

/// <summary>Progress of one part of a whole.</summary>
/// <param name="whole">Receives the progress of the whole.</param>
/// <param name="before">How many are done before this part.</param>
/// <param name="total">How many there are in all.</param>
/// <param name="what">What is being done, where it is a step of its own.</param>
internal sealed class PartProgress(IProgress<LoadProgress> whole, int before, int total, string? what = null) : IProgress<LoadProgress>
{
    public void Report(LoadProgress value) => whole.Report(new(before + value.Done, total, what));
}
