using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;

namespace CrossStitch.Experiments.Studies;

/// <summary>
/// Does a study in a folder: its plan, its test examples, a subfolder a run. Goes on where an earlier, stopped call was. Any
/// number of processes may do so in one folder at once: each claims runs that nobody is at, and waits for the others at the end.
/// </summary>
/// <param name="plan">The variants, seeds and questions.</param>
/// <param name="data">The examples that they ask for.</param>
/// <param name="path">The folder.</param>
/// <param name="catalog">What the recipes name.</param>
/// <param name="parallel">How many networks this process trains at once; each has the threads of its recipe.</param>
/// <param name="fresh">Whether to delete what an earlier study wrote there and begin anew.</param>
/// <param name="redoDamaged">Whether to do runs again that have a damaged file; their folders are renamed, with <c>.damaged</c> and a number at the end.</param>
public sealed class StudyRunner(StudyPlan plan, Dataset data, string path, Catalog catalog, int parallel = 1, bool fresh = false, bool redoDamaged = false)
{
    /// <summary>
    /// Does what has not been done, and returns when all runs have ended, here or in another process. A run that fails is
    /// reported and does not keep the others from running.
    /// </summary>
    /// <param name="progress">Receives where it is, one call at a time.</param>
    /// <param name="cancellation">Stops it; what is done stays.</param>
    /// <exception cref="CrossStitchException">
    /// There are no test examples, a recipe is wrong, or the folder holds a study of other recipes or examples.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// It was stopped. Where a run's steps since its last epoch could not be saved, the message says so, and the inner exception why.
    /// </exception>
    public void Run(IProgress<StudyProgress>? progress = null, CancellationToken cancellation = default)
    {
        var folder = new StudyFolder(path, catalog);
        var (worker, runs) = folder.Begin(plan, data, fresh, redoDamaged, cancellation);
        using var atWork = worker;
        new StudyLoop(folder, runs, data, parallel, tries: 1).Run(progress, cancellation);
    }

    /// <summary>
    /// Writes the plan, and the examples where their source can pack them, and trains nothing: for processes that join in with
    /// <see cref="PlannedStudy"/>, on this machine or others.
    /// </summary>
    /// <param name="cancellation">Ends the wait for another process that is looking at the plan.</param>
    /// <exception cref="CrossStitchException">As with <see cref="Run"/>.</exception>
    public void Prepare(CancellationToken cancellation = default)
    {
        var folder = new StudyFolder(path, catalog);
        var (worker, _) = folder.Begin(plan, data, fresh, redoDamaged, cancellation);
        using var atWork = worker;
        folder.Pack(plan.Recipe.Data, data);
    }
}
