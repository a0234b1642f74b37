namespace CrossStitch.Training;

/// <summary>Where training is: sent after every step.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Step">Steps taken in all epochs.</param>
/// <param name="Steps">How many there will be in all epochs.</param>
/// <param name="Loss">The joint loss of the step's batch.</param>
public sealed record StepReport(int Epoch, int Epochs, long Step, long Steps, double Loss);
