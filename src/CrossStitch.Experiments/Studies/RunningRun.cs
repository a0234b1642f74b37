namespace CrossStitch.Experiments.Studies;

/// <summary>A run that a process is at.</summary>
/// <param name="Folder">Its folder in the study's.</param>
/// <param name="Host">The machine, by the name that it gives itself.</param>
/// <param name="Epoch">The last epoch that it has written down; 0 in its first.</param>
/// <param name="Epochs">The epochs that it was planned with.</param>
public sealed record RunningRun(string Folder, string Host, int Epoch, int Epochs);
