using System.Text.Json;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Comparison;

/// <summary>The folder of a comparison or a study: a plan's file, a subfolder a run. One process at a time works in it.</summary>
/// <param name="path">The folder.</param>
/// <param name="planName">The plan's file in it.</param>
/// <param name="outputs">The files with results that are written into it.</param>
internal sealed class RunSetFolder(string path, string planName, IReadOnlyList<string> outputs)
{
    private string PlanPath => Path.Combine(path, planName);

    /// <summary>
    /// Keeps other processes out and checks that the plan can go on here; begins anew if that is asked for. Nothing is
    /// written or deleted before all is checked.
    /// </summary>
    /// <param name="runs">The planned runs.</param>
    /// <param name="faces">The faces that they ask for.</param>
    /// <param name="fresh">Whether to delete what an earlier comparison or study wrote here.</param>
    /// <param name="write">Gives the plan's file for the runs as they will be done and the entries of runs that lie here already.</param>
    /// <returns>The lock, and the runs with what depends on the machine settled.</returns>
    /// <exception cref="CrossStitchException">
    /// A recipe is wrong, there are no test faces, the folder cannot be written to, another process is at work in it, or it
    /// holds runs of other recipes or faces.
    /// </exception>
    public (FolderLock Lock, IReadOnlyList<PlannedRun> Runs) Begin(
        IReadOnlyList<PlannedRun> runs, FaceSets faces, bool fresh, Func<IReadOnlyList<PlannedRun>, IReadOnlyList<StudyPlanFile.Run>, StudyPlanFile> write)
    {
        foreach (var run in runs)
        {
            run.Recipe.Validate();
        }

        if (faces.Test is not { Count: > 0 })
        {
            throw new CrossStitchException("There are no test faces to compare the networks on: the archive has no testing.txt. Use 'crossstitch train' to train on it.");
        }

        var alone = new FolderLock(path);
        try
        {
            RefuseForeignFiles();
            var earlier = Earlier();
            if (fresh)
            {
                Clear(runs, earlier);
            }

            var settled = Settle(runs);
            RefuseOthers(settled, faces, earlier);
            AtomicFile.WriteAllText(PlanPath, JsonSerializer.Serialize(write(settled, earlier), RecipeFile.Json) + "\n");
            return (alone, settled);
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a folder of the other kind, and files that would be overwritten and that nothing of ours wrote.</summary>
    private void RefuseForeignFiles()
    {
        var other = new[] { ComparisonRunner.PlanName, StudyRunner.PlanName }.First(name => name != planName);
        if (File.Exists(Path.Combine(path, other)))
        {
            throw new CrossStitchException($"{path}: holds a {(other == StudyRunner.PlanName ? "study" : "comparison")}; choose another folder with --out.");
        }

        var foreign = File.Exists(PlanPath) ? null : outputs.FirstOrDefault(name => File.Exists(Path.Combine(path, name)));
        if (foreign is not null)
        {
            throw new CrossStitchException($"{Path.Combine(path, foreign)}: nothing of CrossStitch wrote this file, and it would be overwritten; choose another folder with --out.");
        }
    }

    private IReadOnlyList<StudyPlanFile.Run> Earlier() =>
        File.Exists(PlanPath) ? RecipeFile.LoadJson<StudyPlanFile>(PlanPath, "plan").Runs : [];

    private RunFolder FolderOf(string name) => new(Path.Combine(path, name));

    /// <summary>Deletes the planned runs that the plan's file says were begun here, and the results; nothing else.</summary>
    private void Clear(IReadOnlyList<PlannedRun> runs, IReadOnlyList<StudyPlanFile.Run> earlier)
    {
        var folders = runs.Select(run => run.FolderName).Intersect(earlier.Select(run => run.Folder))
            .Select(FolderOf).Where(folder => Directory.Exists(folder.FullPath) && (folder.IsBegun || folder.Failure is not null)).ToList();

        // A run may be resumed on its own, outside the comparison: before the first file goes, none may be under way.
        foreach (var folder in folders)
        {
            new FolderLock(folder.FullPath).Dispose();
        }

        folders.ForEach(folder => folder.Delete());
        foreach (var output in outputs)
        {
            FolderCleaning.DeleteFiles(path, output);
        }
    }

    /// <summary>"All cores" is settled when the first run begins, and stays the same wherever the rest is done.</summary>
    private IReadOnlyList<PlannedRun> Settle(IReadOnlyList<PlannedRun> runs)
    {
        var threads = runs.Select(run => FolderOf(run.FolderName)).Where(folder => folder.HasEpochs).Select(ReadRecipe)
            .FirstOrDefault(recipe => recipe is { Threads: > 0 })?.Threads ?? Environment.ProcessorCount;
        return [.. runs.Select(run => run.Recipe.Threads > 0 ? run : run with { Recipe = run.Recipe with { Threads = threads } })];
    }

    /// <summary>A study half of one recipe and half of another would compare nothing, and not look like it.</summary>
    private void RefuseOthers(IReadOnlyList<PlannedRun> runs, FaceSets faces, IReadOnlyList<StudyPlanFile.Run> earlier)
    {
        foreach (var run in runs)
        {
            var folder = FolderOf(run.FolderName);
            if (folder.HasEpochs && earlier.Count > 0 && earlier.All(known => known.Folder != run.FolderName))
            {
                throw new CrossStitchException($"{folder.FullPath}: holds a run of its own, not of what was begun in {path}; choose another folder with --out.");
            }

            if (folder.HasEpochs && ReadRecipe(folder) is { } begun)
            {
                new TrainingRun(run.Recipe, faces, folder).RefuseAnother(begun);
            }
        }
    }

    /// <summary>A begun run's recipe; null if it is damaged, which is a failure of that run alone.</summary>
    private static Recipe? ReadRecipe(RunFolder folder)
    {
        try
        {
            return folder.LoadRecipe();
        }
        catch (CrossStitchException)
        {
            return null;
        }
    }
}
