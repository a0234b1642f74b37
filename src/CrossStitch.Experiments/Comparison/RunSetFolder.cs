using System.Text.Json;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Comparison;

/// <summary>The folder of a comparison or a study: a plan's file, a subfolder a run. One process at a time works in it.</summary>
/// <param name="path">The folder.</param>
/// <param name="planName">The plan's file in it.</param>
/// <param name="outputs">The files with results that are written into it; names or patterns.</param>
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
            var earlier = Earlier();
            if (fresh)
            {
                Clear(runs, earlier);
                earlier = [];
            }

            var settled = Settle(runs);
            RefuseOthers(settled, faces);
            AtomicFile.WriteAllText(PlanPath, JsonSerializer.Serialize(write(settled, earlier), RecipeFile.Json) + "\n");
            return (alone, settled);
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    private IReadOnlyList<StudyPlanFile.Run> Earlier() =>
        File.Exists(PlanPath) ? RecipeFile.LoadJson<StudyPlanFile>(PlanPath, "plan").Runs : [];

    private RunFolder FolderOf(string name) => new(Path.Combine(path, name));

    /// <summary>Deletes the runs that the plan's file names or that the new plan would do, and the results; nothing else.</summary>
    private void Clear(IReadOnlyList<PlannedRun> runs, IReadOnlyList<StudyPlanFile.Run> earlier)
    {
        var folders = earlier.Select(run => run.Folder).Where(IsPlainName).Concat(runs.Select(run => run.FolderName)).Distinct()
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

    /// <summary>The plan's file could have been edited: nothing outside this folder is ever deleted.</summary>
    private static bool IsPlainName(string name) => name.Length > 0 && name == Path.GetFileName(name) && name is not ("." or "..");

    /// <summary>"All cores" is settled when the first run begins, and stays the same wherever the rest is done.</summary>
    private IReadOnlyList<PlannedRun> Settle(IReadOnlyList<PlannedRun> runs)
    {
        var threads = runs.Select(run => FolderOf(run.FolderName)).Where(folder => folder.HasEpochs).Select(ReadRecipe)
            .FirstOrDefault(recipe => recipe is { Threads: > 0 })?.Threads ?? Environment.ProcessorCount;
        return [.. runs.Select(run => run.Recipe.Threads > 0 ? run : run with { Recipe = run.Recipe with { Threads = threads } })];
    }

    /// <summary>A study half of one recipe and half of another would compare nothing, and not look like it.</summary>
    private void RefuseOthers(IReadOnlyList<PlannedRun> runs, FaceSets faces)
    {
        foreach (var run in runs)
        {
            var folder = FolderOf(run.FolderName);
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
