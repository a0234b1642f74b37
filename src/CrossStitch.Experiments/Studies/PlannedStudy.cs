using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Studies;

/// <summary>
/// A study that <see cref="StudyRunner"/> has planned in a folder. Any number of processes, on any number of machines that
/// share the folder, may join in its work: each claims runs that nobody is at.
/// </summary>
public sealed class PlannedStudy
{
    private readonly Catalog _catalog;
    private readonly StudyFolder _folder;
    private readonly StudyPlanFile _plan;

    private PlannedStudy(string folder, Catalog catalog, StudyPlanFile plan)
    {
        (Folder, _catalog, _plan) = (folder, catalog, plan);
        _folder = new StudyFolder(folder, catalog);
    }

    /// <summary>Its folder.</summary>
    public string Folder { get; }

    /// <summary>What all runs have in common.</summary>
    public Recipe Recipe => _plan.Recipe!;

    /// <summary>The folders of its runs, in the order of the plan.</summary>
    public IReadOnlyList<string> RunFolders => [.. _plan.Runs.Select(run => run.Folder)];

    /// <summary>Opens a study.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="catalog">What its recipes name.</param>
    /// <exception cref="CrossStitchException">There is no study, or its plan is damaged.</exception>
    public static PlannedStudy Open(string folder, Catalog catalog)
    {
        var plan = StudyPlanFile.Find(folder, catalog);
        return plan is { Recipe: not null }
            ? new PlannedStudy(folder, catalog, plan)
            : throw new CrossStitchException(plan is null
                ? $"{folder}: not the folder of a study (it has no {StudyPlanFile.Name}), or this machine does not see what the one that planned it sees; name a folder that 'crossstitch compare' or 'crossstitch reproduce' wrote."
                : $"{folder}: this study was begun by version 0.1; go on with the command that began it.");
    }

    /// <summary>Loads its examples: those packed in its folder, else from where they come from.</summary>
    /// <param name="progress">Receives how far it has come, perhaps from several threads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">They are missing or wrong.</exception>
    public Dataset Load(IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default) => _folder.LoadData(Recipe.Data, progress, cancellation);

    /// <summary>Where it is.</summary>
    /// <param name="isExpected">Whether something in a scheduler's queue will come to the run of a folder; null where there is no scheduler.</param>
    public StudyStatus Status(Func<string, bool>? isExpected = null) => new StatusReader(Folder, _plan, _catalog).Read(isExpected);

    /// <summary>Where some of its runs are: a task of a thousand that looked at all runs of a study would keep a shared disk busy.</summary>
    /// <param name="runs">Which, of <see cref="Runs"/>.</param>
    public StudyStatus StatusOf(IReadOnlyList<PlannedRun> runs)
    {
        var names = runs.Select(run => run.FolderName).ToHashSet();
        return new StatusReader(Folder, _plan with { Runs = [.. _plan.Runs.Where(run => names.Contains(run.Folder))] }, _catalog).Read(null);
    }

    /// <summary>The runs to do.</summary>
    /// <param name="options">Which.</param>
    /// <exception cref="CrossStitchException">One is not in the plan.</exception>
    public IReadOnlyList<PlannedRun> Runs(WorkOptions options)
    {
        var variants = _plan.Variants.ToDictionary(variant => variant.Name);
        var planned = _plan.Runs.ToDictionary(run => run.Folder);
        return [.. (options.Runs ?? RunFolders).Select(name => planned.TryGetValue(name, out var run)
            ? Planned(variants[run.Variant], run.Seed)
            : throw new CrossStitchException($"{Path.Combine(Folder, StudyPlanFile.Name)}: has no run '{name}'."))];
    }

    /// <summary>
    /// Does runs, and returns when all of them have ended, here or in another process. One that fails is tried again, after a
    /// rest, until it has failed <see cref="WorkOptions.MostTries"/> times.
    /// </summary>
    /// <param name="runs">Which, of <see cref="Runs"/>.</param>
    /// <param name="data">Its examples, by <see cref="Load"/>.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Receives where it is, one call at a time.</param>
    /// <param name="cancellation">Stops it after the step under way; what is done stays.</param>
    /// <exception cref="CrossStitchException">The folder cannot be written to, or a recipe is wrong.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Work(IReadOnlyList<PlannedRun> runs, Dataset data, WorkOptions options, IProgress<StudyProgress>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var run in runs)
        {
            run.Recipe.Validate(_catalog);
        }

        using var atWork = new StudyWorker(Folder);
        if (options.RetryFailed)
        {
            ForgetFailures(runs);
        }

        new StudyLoop(_folder, runs, data, options.Parallel, WorkOptions.MostTries) { Rests = options.Rests, SaveEvery = options.SaveEvery }.Run(progress, cancellation);
    }

    /// <summary>Whether a run has ended well.</summary>
    internal bool IsDone(PlannedRun run) => _folder.Of(run).IsFinished;

    /// <summary>Lets runs that were given up be tried again.</summary>
    internal void ForgetFailures(IEnumerable<PlannedRun> runs)
    {
        foreach (var run in runs.Select(_folder.Of).Where(run => !run.IsFinished))
        {
            run.ClearFailure();
        }
    }

    /// <summary>
    /// Counts a crash against the runs that a process of this machine was at when it died: a claim of it is left there, and
    /// nobody has it. To be called by whoever saw the process end.
    /// </summary>
    /// <param name="runs">The runs that the process had to do, of <see cref="Runs"/>.</param>
    /// <param name="how">How it ended, in a clause: "the process was killed by signal 9".</param>
    /// <param name="lastLines">The last lines that it wrote; may be empty.</param>
    /// <returns>The folders of the runs that it was at.</returns>
    public IReadOnlyList<string> CountCrash(IReadOnlyList<PlannedRun> runs, string how, string lastLines)
    {
        var hit = new List<string>();
        foreach (var run in runs)
        {
            var folder = _folder.Of(run);
            if (folder.IsFinished || !folder.IsClaimLeftHere)
            {
                continue;
            }

            using var claim = RunClaim.TryTake(folder.FullPath);
            if (claim is not null && !folder.IsFinished)
            {
                folder.SaveFailure(lastLines.Length == 0 ? how : $"{how}, and its log ends: {lastLines.TrimEnd().Split('\n')[^1]}\n{lastLines}");
                hit.Add(run.FolderName);
            }
        }

        return hit;
    }

    private PlannedRun Planned(Variant variant, long seed)
    {
        var recipe = variant.Apply(Recipe, seed, _catalog);
        return new PlannedRun(variant, recipe, _catalog.Networks[variant.Network].Cost(recipe.Groups.Count));
    }
}
