namespace CrossStitch.Benchmarks.Clusters;

/// <summary>How a simulated study went.</summary>
/// <param name="Seconds">From its submission to its last result.</param>
/// <param name="Ideal">Seconds that its training alone takes, spread evenly over all cores.</param>
/// <param name="Loaded">Seconds until the last of the first tasks, as many as there are cores, had its faces.</param>
/// <param name="Starts">Starts of tasks.</param>
/// <param name="Requeues">Times that a task went back into the queue.</param>
/// <param name="Repeated">Seconds of training that were done twice, added up.</param>
/// <param name="Asked">What was asked of the disk.</param>
/// <param name="Peak">The most that was asked of it in a second, over ten seconds.</param>
/// <param name="Waited">Seconds that processes waited for the disk because of others, added up.</param>
internal sealed record ClusterOutcome(double Seconds, double Ideal, double Loaded, int Starts, int Requeues, double Repeated, DiskWork Asked, DiskWork Peak, double Waited);
