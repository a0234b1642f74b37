using System.Globalization;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Annotations;
using CrossStitch.Faces.Metrics;
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
            console.Write(LandmarkTable(landmarks));
            console.MarkupLineInterpolated($"[grey]Area under the cumulative error curve up to {Percent(LandmarkEvaluation.CurveLimit)} % of the box width: {landmarks.CurveArea.ToString("0.000", CultureInfo.InvariantCulture)}.[/]");
        }

        console.Write(GroupTable(evaluation));
        foreach (var task in FaceTasks.AllAuxiliary)
        {
            if (FaceTasks.EvaluationOf(task, evaluation.Overall) is { } attribute)
            {
                console.Write(ConfusionTable(task, attribute));
            }
        }
    }

    private static Table LandmarkTable(LandmarkEvaluation landmarks)
    {
        var table = NewTable("landmark", "error, % of box", "failures > 5 %", "error, % of eye distance", "failures > 10 %");
        void Row(string name, LandmarkError error) => table.AddRow(
            name, Percent(error.MeanError), Percent(error.FailureRate), Percent(error.InterOcularError), Percent(error.InterOcularFailureRate));
        foreach (var landmark in Enum.GetValues<Landmark>())
        {
            Row(Words(landmark.ToString()), landmarks.Landmarks[(int)landmark]);
        }

        Row("overall", landmarks.Overall);
        return table;
    }

    private static Table GroupTable(FaceEvaluation evaluation)
    {
        var tasks = FaceTasks.AllAuxiliary.Where(task => FaceTasks.EvaluationOf(task, evaluation.Overall) is not null).ToList();
        var table = NewTable(["faces", "count", "error, % of box", "failures > 5 %", .. tasks.Select(task => $"{FaceTasks.Name(task)}, %")]);
        void Row(string name, FaceGroupEvaluation group) => table.AddRow(
        [
            name,
            group.Faces.ToString(CultureInfo.InvariantCulture),
            Percent(group.Landmarks?.Overall.MeanError),
            Percent(group.Landmarks?.Overall.FailureRate),
            .. tasks.Select(task => FaceTasks.EvaluationOf(task, group) is { } told ? $"{Percent(told.Accuracy)} ({Percent(told.BalancedAccuracy)})" : ""),
        ]);
        Row("all", evaluation.Overall);
        foreach (var (pose, group) in evaluation.ByPose)
        {
            Row($"pose {FaceTasks.ClassNames(AuxiliaryTask.Pose)[(int)pose]}", group);
        }

        foreach (var (source, group) in evaluation.BySource)
        {
            Row($"{source.ToString().ToLowerInvariant()} box", group);
        }

        table.Caption = new TableTitle("attributes: accuracy (balanced accuracy)");
        return table;
    }

    private static Table ConfusionTable(AuxiliaryTask task, AttributeEvaluation attribute)
    {
        var classes = FaceTasks.ClassNames(task);
        var table = NewTable([$"true {FaceTasks.Name(task)}", .. classes.Select(name => $"told {name}")]);
        for (var truth = 0; truth < classes.Count; truth++)
        {
            table.AddRow([classes[truth], .. attribute.Confusion[truth].Select(count => count.ToString(CultureInfo.InvariantCulture))]);
        }

        return table;
    }

    private static Table NewTable(params string[] headers)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(header) { Alignment = table.Columns.Count == 0 ? Justify.Left : Justify.Right });
        }

        return table;
    }

    private static string Words(string pascal) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(pascal).Replace('-', ' ');

    private static string Percent(double? share) => share is { } value ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
