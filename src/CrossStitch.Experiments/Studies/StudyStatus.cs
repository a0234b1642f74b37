namespace CrossStitch.Experiments.Studies;

/// <summary>Where a study is, as its folder and a scheduler's queue tell.</summary>
/// <param name="Planned">How many runs the plan has.</param>
/// <param name="Done">How many have ended well.</param>
/// <param name="Running">Those that a process is at.</param>
/// <param name="Waiting">How many nobody is at, and somebody may come to: a task that waits in the queue, or any process that joins in.</param>
/// <param name="Failed">Those that were given up, or failed in a command that tries once.</param>
/// <param name="Lost">The folders of those that nothing in the queue will come to.</param>
/// <param name="Left">About how long it will take at the pace of those that run; null where that cannot be told.</param>
public sealed record StudyStatus(
    int Planned, int Done, IReadOnlyList<RunningRun> Running, int Waiting, IReadOnlyList<StudyFailure> Failed, IReadOnlyList<string> Lost, TimeSpan? Left)
{
    /// <summary>Whether every run has ended, well or not.</summary>
    public bool HasEnded => Done + Failed.Count == Planned;
}
