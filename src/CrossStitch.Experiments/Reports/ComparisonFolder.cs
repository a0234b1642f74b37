using System.Text.Json;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Reports;

/// <summary>The results of a comparison as files in its folder.</summary>
public static class ComparisonFolder
{
    private const string JsonName = "results.json";

    /// <summary>Writes <c>results.json</c> and <c>results.md</c>.</summary>
    /// <param name="folder">The comparison's folder.</param>
    /// <param name="rows">Its lines.</param>
    /// <param name="note">What must be said beside them, such as where the test faces' boxes come from; null for nothing.</param>
    public static void Write(string folder, IReadOnlyList<ComparisonRow> rows, string? note = null)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(Path.Combine(folder, JsonName), JsonSerializer.Serialize(rows, RecipeFile.Json) + "\n");
        AtomicFile.WriteAllText(Path.Combine(folder, "results.md"), $"{ComparisonTable.Markdown(rows)}\n{ComparisonTable.Legend}\n{(note is null ? "" : $"\n{note}\n")}");
    }

    /// <summary>Deletes a comparison's folder; nothing if there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="CrossStitchException">It holds something that no comparison wrote.</exception>
    public static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var foreign = Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(entry =>
            !Path.GetFileName(entry).StartsWith("results.", StringComparison.Ordinal) && Path.GetFileName(entry) != FolderLock.Name && new RunFolder(entry) is { IsBegun: false, Failure: null });
        if (foreign is not null)
        {
            throw new CrossStitchException($"{folder}: will not be deleted, for it holds {Path.GetFileName(foreign)}, which no comparison wrote.");
        }

        Directory.Delete(folder, recursive: true);
    }
}
