using System.Text.Json;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Reports;

/// <summary>The results of a comparison as files in its folder.</summary>
public static class ComparisonFolder
{
    private const string JsonName = "results.json";
    private const string MarkdownName = "results.md";

    /// <summary>The files that are written.</summary>
    internal static IReadOnlyList<string> Names { get; } = [JsonName, MarkdownName];

    /// <summary>Writes <c>results.json</c> and <c>results.md</c>.</summary>
    /// <param name="folder">The comparison's folder.</param>
    /// <param name="rows">Its lines.</param>
    /// <param name="note">What must be said beside them, such as where the test faces' boxes come from; null for nothing.</param>
    public static void Write(string folder, IReadOnlyList<ComparisonRow> rows, string? note = null)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(Path.Combine(folder, JsonName), JsonSerializer.Serialize(rows, RecipeFile.Json) + "\n");
        AtomicFile.WriteAllText(Path.Combine(folder, MarkdownName), $"{ComparisonTable.Markdown(rows)}\n{ComparisonTable.Legend}\n{(note is null ? "" : $"\n{note}\n")}");
    }
}
