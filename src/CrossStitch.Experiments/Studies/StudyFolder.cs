using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Studies;

/// <summary>The folder of a study: a plan's file, a subfolder a run. It is locked only while the plan is looked at; runs are claimed one by one.</summary>
/// <param name="path">The folder.</param>
/// <param name="catalog">What recipes name.</param>
internal sealed class StudyFolder(string path, Catalog catalog)
{
    private string PlanPath => Path.Combine(path, StudyPlanFile.Name);

    /// <summary>
    /// Checks that a plan can go on here, or begins anew if that is asked for, and writes the plan and what a report will want
    /// of the test examples. Nothing is written or deleted before all is checked.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="data">The examples that it asks for.</param>
    /// <param name="fresh">Whether to delete what an earlier study wrote here.</param>
    /// <param name="redoDamaged">Whether to set runs with damaged files aside, so that they are done again.</param>
    /// <param name="cancellation">Ends the wait for another process that is looking at the plan.</param>
    /// <returns>That this process is at work here, and the runs with what depends on the machine settled.</returns>
    /// <exception cref="CrossStitchException">
    /// A recipe is wrong, there are no test examples, the folder cannot be written to, or it holds runs of other recipes or
    /// examples.
    /// </exception>
    public (StudyWorker Worker, IReadOnlyList<PlannedRun> Runs) Begin(StudyPlan plan, Dataset data, bool fresh, bool redoDamaged, CancellationToken cancellation)
    {
        var runs = plan.Runs(catalog);
        foreach (var run in runs)
        {
            run.Recipe.Validate(catalog);
            run.Recipe.Describe(catalog);
        }

        var domain = plan.Recipe.Data.Domain();
        if (data.Test is not { Count: > 0 } test)
        {
            throw new CrossStitchException($"There are no test {domain.Example}s to compare the networks on. Use 'crossstitch train' to train on this data.");
        }

        IReadOnlyList<string> outputs = [StudyPlanFile.Name, TestExamples.FileName, StudyReport.FileName, .. StudyFiles.Names, .. domain.StudyFiles];
        using var alone = FolderLock.Wait(path, cancellation);
        var earlier = StudyPlanFile.Find(path, catalog);
        var foreign = earlier is not null ? null : outputs.FirstOrDefault(name => File.Exists(Path.Combine(path, name)));
        if (foreign is not null)
        {
            throw new CrossStitchException($"{Path.Combine(path, foreign)}: nothing of CrossStitch wrote this file, and it would be overwritten; choose another folder with --out.");
        }

        var old = fresh ? Old(runs, earlier) : [];
        var settled = Settle(runs, old);
        var file = StudyPlanFile.Of(plan, settled, earlier);
        file.Check(PlanPath, catalog);
        RefuseAnotherStudy(plan, runs, data, earlier);
        RefuseOthers([.. settled.Where(run => !old.Contains(run.FolderName))], data, earlier);
        if (fresh)
        {
            StudyWorker.RequireNone(path);
            Clear(old, domain.RunFiles, outputs);
        }

        StudyWorker.RemoveDead(path);
        catalog.Json.Save(PlanPath, file);
        FolderCleaning.DeleteFile(Path.Combine(path, StudyPlanFile.ComparisonName));
        data.SaveTest(path);
        ExampleLabels.Of(test, plan.Recipe.Data.Tasks(), settled[0].Recipe.Backbone ?? plan.Recipe.Data.Backbone()).Examples.Save(Path.Combine(path, TestExamples.FileName));
        if (redoDamaged)
        {
            SetAside(settled, new StudyRunReader(new TestSource(path, plan.Recipe), catalog));
        }

        return (new StudyWorker(path), settled);
    }

    /// <summary>
    /// What lies here of runs that are not in the plan must be of the same recipe and examples: tables and reports set it beside
    /// the plan's.
    /// </summary>
    private void RefuseAnotherStudy(StudyPlan plan, IReadOnlyList<PlannedRun> runs, Dataset data, StudyPlanFile? earlier)
    {
        var asked = runs.Select(run => run.FolderName).ToHashSet();
        var kept = (earlier?.Runs ?? []).Where(known => !asked.Contains(known.Folder)).Select(known => FolderOf(known.Folder))
            .Where(folder => folder.HasEpochs).Select(folder => (Folder: folder, Recipe: folder.TryRecipe())).Where(run => run.Recipe is not null).ToList();
        foreach (var (folder, recipe) in kept)
        {
            TrainingRun.RefuseOtherData(folder, recipe!, data);
        }

        if (kept.Count > 0 && earlier!.Recipe is { } begun && RecipeDifference.Between(Common(begun), Common(plan.Recipe), catalog) is { } difference)
        {
            throw new CrossStitchException($"{path}: holds a study of another recipe ({difference}); choose another folder with --out.");
        }

        static Recipe Common(Recipe recipe) => recipe with { Network = "", Seed = 0, Threads = 0 };
    }

    /// <summary>Keeps the examples in the folder, where their source can pack them.</summary>
    /// <param name="recipe">Where they come from.</param>
    /// <param name="data">The examples.</param>
    /// <exception cref="CrossStitchException">They cannot be written.</exception>
    public void Pack(DataRecipe recipe, Dataset data) => recipe.TryPack(data, path);

    /// <summary>Loads the examples: those that lie here packed, else from where they come from.</summary>
    /// <param name="recipe">Where they come from.</param>
    /// <param name="progress">Receives how far it has come.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">They are missing or wrong.</exception>
    public Dataset LoadData(DataRecipe recipe, IProgress<LoadProgress>? progress, CancellationToken cancellation) => recipe.LoadPacked(path) ?? recipe.Load(progress, cancellation);

    /// <summary>Refuses to go on where the study has gone: its folder was moved, or its disk is not there any more.</summary>
    /// <exception cref="CrossStitchException">Its plan is not there.</exception>
    public void RequirePlan()
    {
        if (!File.Exists(PlanPath))
        {
            throw new CrossStitchException($"{path}: the study is not there any more (it has no {StudyPlanFile.Name}): its folder was moved or deleted, or its disk is gone.");
        }
    }

    /// <summary>The folder of a run.</summary>
    public RunFolder Of(PlannedRun run) => FolderOf(run.FolderName);

    private RunFolder FolderOf(string name) => new(Path.Combine(path, name), catalog);

    /// <summary>The planned runs that the plan's file says were begun here.</summary>
    private HashSet<string> Old(IReadOnlyList<PlannedRun> runs, StudyPlanFile? earlier) =>
    [
        .. runs.Select(run => run.FolderName).Intersect((earlier?.Runs ?? []).Select(run => run.Folder))
            .Where(name => FolderOf(name) is var folder && Directory.Exists(folder.FullPath) && (folder.IsBegun || folder.Failure is not null)),
    ];

    /// <summary>Deletes old runs and the results; nothing else.</summary>
    private void Clear(IReadOnlyCollection<string> old, IReadOnlyList<string> runFiles, IReadOnlyList<string> outputs)
    {
        var folders = old.Select(FolderOf).ToList();

        // Another process may be at a run: before the first file goes, none may be under way.
        foreach (var folder in folders)
        {
            RequireFree(folder);
        }

        folders.ForEach(folder => folder.Delete(runFiles));
        foreach (var output in outputs)
        {
            FolderCleaning.DeleteFiles(path, output);
        }

        AtomicFile.RemoveLeftovers(path);
    }

    /// <summary>"All cores" is settled when the first run begins, and stays the same wherever the rest is done.</summary>
    private IReadOnlyList<PlannedRun> Settle(IReadOnlyList<PlannedRun> runs, IReadOnlyCollection<string> old)
    {
        var threads = runs.Where(run => !old.Contains(run.FolderName)).Select(run => FolderOf(run.FolderName)).Where(folder => folder.HasEpochs).Select(folder => folder.TryRecipe())
            .FirstOrDefault(recipe => recipe is { Threads: > 0 })?.Threads ?? Environment.ProcessorCount;
        return [.. runs.Select(run => run.Recipe.Threads > 0 ? run : run with { Recipe = run.Recipe with { Threads = threads } })];
    }

    /// <summary>A study half of one recipe and half of another would compare nothing, and not look like it.</summary>
    private void RefuseOthers(IReadOnlyList<PlannedRun> runs, Dataset data, StudyPlanFile? earlier)
    {
        var known = (earlier?.Runs ?? []).Select(run => run.Folder).ToHashSet();
        foreach (var run in runs)
        {
            var folder = FolderOf(run.FolderName);
            if (folder.HasEpochs && known.Count > 0 && !known.Contains(run.FolderName))
            {
                throw new CrossStitchException($"{folder.FullPath}: holds a run of its own, not of what was begun in {path}; choose another folder with --out.");
            }

            if (folder.HasEpochs && folder.TryRecipe() is { } begun)
            {
                new TrainingRun(run.Recipe, data, folder).RefuseAnother(begun);
            }
        }
    }

    /// <summary>Renames the folders of runs that cannot be read or gone on with: nothing of them is lost, and they are done again.</summary>
    private void SetAside(IReadOnlyList<PlannedRun> runs, StudyRunReader reader)
    {
        foreach (var run in runs)
        {
            var folder = Of(run);
            if (!folder.IsBegun || !IsDamaged(run, folder, reader))
            {
                continue;
            }

            RequireFree(folder);
            var aside = Enumerable.Range(1, int.MaxValue).Select(number => $"{folder.FullPath}.damaged{number}").First(name => !Path.Exists(name));
            try
            {
                Directory.Move(folder.FullPath, aside);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CrossStitchException($"{folder.FullPath}: cannot be renamed to {aside}: {FileProblem.Reason(error)}.", error);
            }
        }
    }

    private static bool IsDamaged(PlannedRun run, RunFolder folder, StudyRunReader reader)
    {
        try
        {
            folder.LoadRecipe();
            if (folder.IsFinished)
            {
                reader.Read(run.Variant, new StudyPlanFile.Run(run.Variant.Name, run.Recipe.Seed, run.FolderName), folder);
            }
            else if (File.Exists(folder.LastCheckpointPath))
            {
                Checkpoint.Load(folder.LastCheckpointPath);
            }

            return false;
        }
        catch (CrossStitchException)
        {
            return true;
        }
    }

    private static void RequireFree(RunFolder folder) =>
        (RunClaim.TryTake(folder.FullPath) ?? throw new CrossStitchException(FolderLock.Taken(folder.FullPath))).Dispose();
}
