namespace CrossStitch.Experiments.Clusters;

/// <summary>Runs of a study that were submitted together, as one job array.</summary>
/// <param name="Number">The submissions of a study are numbered from 1.</param>
/// <param name="Job">The array's job in Slurm.</param>
/// <param name="Folder">Where its script, its list of tasks and its logs are.</param>
/// <param name="Tasks">The folders of the runs that each task does.</param>
public sealed record SlurmSubmission(int Number, long Job, string Folder, IReadOnlyList<IReadOnlyList<string>> Tasks);
