using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch report</c>: a study's page and figures, drawn again without training.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var folder = PathOption.Argument("folder", "Folder of a study that 'crossstitch reproduce' or 'crossstitch compare' wrote; it may still be under way.");
        var command = new CommandWithExamples("report", "Draws a study's report again from its finished runs, without training: numbers, figures and report.html.")
        {
            Examples = [("crossstitch report study", "Writes study/report.html, one file to open in any browser, and study/figures.")],
        };
        command.Add(folder);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var path = arguments.GetValue(folder)!;
            var study = Study.Load(path, catalog);
            OutputPlace.RequireFolder(path);
            StudyWork.Write(study, report: true, cancellation);
            terminal.Results.MarkupLineInterpolated($"{study.Trained.Count()} of {study.Planned} runs have finished: {Path.Combine(path, StudyReport.FileName)}, and figures in {Path.Combine(path, StudyReport.FigureFolder)}");
            FailureList.Show(terminal.Progress, study);
        }, CancellationToken.None));
        return command;
    }
}
