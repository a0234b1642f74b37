namespace CrossStitch.Training;

/// <summary>How training ended.</summary>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="KeptEpoch">The epoch whose weights the network now has.</param>
/// <param name="StoppedEarly">Whether patience ran out before the last epoch.</param>
public sealed record TrainingOutcome(int Epochs, int KeptEpoch, bool StoppedEarly);
