using System.Globalization;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Metrics;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>How a network does on faces, as tables.</summary>
internal static class EvaluationDisplay
{
    public static void Show(IAnsiConsole console, FaceEvaluation evaluation, string what)
    {
        console.MarkupLineInterpolated($"[bold]{evaluation.Overall.Faces} {what}[/]");
        if (evaluation.Overall.Landmarks is { } landmarks)
        {
            ShowLandmarks(console, landmarks);
        }

        if (BoxRemark.Of(evaluation.BySource.ToDictionary(source => source.Key, source => source.Value.Faces)) is { } remark)
        {
            console.MarkupLineInterpolated($"[yellow]{remark}[/]");
        }

        ShowGroups(console, evaluation);
        foreach (var task in FaceTasks.AllAuxiliary)
        {
            if (FaceTasks.EvaluationOf(task, evaluation.Overall) is { } attribute)
            {
                ShowConfusion(console, task, attribute);
            }
        }
    }

    private static void ShowLandmarks(IAnsiConsole console, LandmarkEvaluation landmarks)
    {
        static string[] Row(string name, LandmarkError error) =>
            [name, Percent(error.MeanError), Percent(error.FailureRate), Percent(error.InterOcularError), Percent(error.InterOcularFailureRate)];
        PagedTable.Write(
            console,
            ["landmark", "error,\n% of box", "failures\n> 5 %", "error, % of\neye distance", "failures\n> 10 %"],
            [.. Enum.GetValues<Landmark>().Select(landmark => Row(Words(landmark.ToString()), landmarks.Landmarks[(int)landmark])), Row("overall", landmarks.Overall)]);
        console.MarkupLineInterpolated($"[grey]Area under the cumulative error curve up to {Percent(LandmarkEvaluation.CurveLimit)} % of the box width: {landmarks.CurveArea.ToString("0.000", CultureInfo.InvariantCulture)}.[/]");
    }

    private static void ShowGroups(IAnsiConsole console, FaceEvaluation evaluation)
    {
        var tasks = FaceTasks.AllAuxiliary.Where(task => FaceTasks.EvaluationOf(task, evaluation.Overall) is not null).ToList();
        string[] Row(string name, FaceGroupEvaluation group) =>
        [
            name,
            group.Faces.ToString(CultureInfo.InvariantCulture),
            Percent(group.Landmarks?.Overall.MeanError),
            Percent(group.Landmarks?.Overall.FailureRate),
            .. tasks.Select(task => FaceTasks.EvaluationOf(task, group) is { } measured ? $"{Percent(measured.Accuracy, "0.0")}\n[grey]{Percent(measured.BalancedAccuracy, "0.0")}[/]" : ""),
        ];
        PagedTable.Write(
            console,
            ["faces", "count", "error,\n% of box", "failures\n> 5 %", .. tasks.Select(FaceTasks.Name)],
            [
                Row("all", evaluation.Overall),
                .. evaluation.ByPose.Select(group => Row($"pose {group.Key}", group.Value)),
                .. evaluation.BySource.Select(group => Row(Words(group.Key), group.Value)),
            ]);
        if (tasks.Count > 0)
        {
            console.MarkupLine("[grey]Attributes: accuracy in %, below it balanced accuracy.[/]");
        }
    }

    private static void ShowConfusion(IAnsiConsole console, AuxiliaryTask task, AttributeEvaluation attribute)
    {
        var classes = FaceTasks.ClassNames(task);
        PagedTable.Write(
            console,
            [$"true {FaceTasks.Name(task)}", .. classes.Select(name => $"predicted\n{name}")],
            [.. attribute.Confusion.Select((counts, truth) => (string[])[classes[truth], .. counts.Select(count => count.ToString(CultureInfo.InvariantCulture))])]);
    }

    private static string Words(BoxSource source) => source switch
    {
        BoxSource.Detector => "box from a detector",
        BoxSource.Reference => "box from the true landmarks",
        BoxSource.Drawn => "box as drawn",
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };

    private static string Words(string pascal) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(pascal).Replace('-', ' ');

    private static string Percent(double? share, string format = "0.00") => share is { } value ? (100 * value).ToString(format, CultureInfo.InvariantCulture) : "–";
}
