using System.Globalization;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Annotations;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>What is in an archive, as tables.</summary>
internal static class InspectionDisplay
{
    public static void Show(IAnsiConsole console, ArchiveInspection inspection, int mostProblems)
    {
        foreach (var split in inspection.Splits)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{split.Split.ToString().ToLowerInvariant()}[/]: {split.Valid} valid {(split.Valid == 1 ? "face" : "faces")}, {split.Problems.Count} with a problem");
            if (split.Valid > 0)
            {
                console.Write(Balance(split));
                console.Write(Landmarks(split));
                console.WriteLine(Sizes(split));
            }

            foreach (var problem in split.Problems.Take(mostProblems))
            {
                console.MarkupLineInterpolated($"[red]{problem}[/]");
            }

            if (split.Problems.Count > mostProblems)
            {
                console.MarkupLineInterpolated($"[grey]… and {split.Problems.Count - mostProblems} more; --all-problems lists them.[/]");
            }
        }

        // After all tables, where a reader looks last.
        foreach (var warning in inspection.Splits.SelectMany(split => split.Warnings).Distinct())
        {
            FaceLoading.Warn(console, warning);
        }
    }

    private static Table Balance(SplitInspection split)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("attribute", "faces of each class");
        foreach (var (attribute, classes) in split.Attributes)
        {
            table.AddRow(attribute.Name, string.Join(", ", classes.Select((count, k) => Invariant($"{attribute.Classes[k]}: {count} ({100.0 * count / split.Valid:0.0} %)"))));
        }

        return table;
    }

    private static Table Landmarks(SplitInspection split)
    {
        var table = new Table { Border = TableBorder.Rounded, Caption = new TableTitle("mean ± standard deviation in the reference box, 0..1") };
        table.AddColumns("landmark", "x", "y");
        foreach (var landmark in split.Landmarks)
        {
            table.AddRow(
                LandmarkNames.Of(landmark.Landmark),
                Invariant($"{landmark.MeanX:0.000} ± {landmark.DeviationX:0.000}"),
                Invariant($"{landmark.MeanY:0.000} ± {landmark.DeviationY:0.000}"));
        }

        return table;
    }

    private static string Sizes(SplitInspection split)
    {
        var eyes = split.InterOcularDistance!;
        var largest = split.ImageSizes.Take(3).Select(size => $"{size.Width}×{size.Height} ({size.Count})");
        return Invariant($"Distance between the eyes: {eyes.Minimum:0} to {eyes.Maximum:0} pixels, median {eyes.Median:0} (5 % below {eyes.P5:0}, 5 % above {eyes.P95:0}).\n")
            + $"Picture sizes: {split.ImageSizes.Count}, the most frequent {string.Join(", ", largest)}.";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
