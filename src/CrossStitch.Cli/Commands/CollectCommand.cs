using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch collect</c>: a study's results, as its own command would print and write them.</summary>
internal static class CollectCommand
{
    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var folder = PathOption.Argument("folder", "Folder of a study; it may still be under way, here or on a cluster.");
        var command = new CommandWithExamples("collect", "Gives the results of the runs that have ended: the table, results.json, and the report.")
        {
            Examples = [("crossstitch collect /shared/study", "Also of a study that a cluster is at.")],
        };
        command.Add(folder);
        command.SetAction((arguments, cancellation) => Task.Run(
            () =>
            {
                var path = arguments.GetValue(folder)!;
                var study = Study.Load(path, catalog);
                OutputPlace.RequireFolder(path);
                var results = StudyWork.Write(study, report: true, cancellation);
                if (study.Seeds > 1 || study.Questions.Count > 0)
                {
                    StudyDisplay.Show(terminal.Results, study, results);
                }
                else
                {
                    StudyTable.Show(terminal.Results, study, results);
                }

                terminal.Progress.MarkupLineInterpolated($"[grey]{study.Runs.Count} of {study.Planned} runs have ended. {Path.Combine(path, StudyReport.FileName)} is the report; results.csv and results.json hold its numbers.[/]");
                return study.Failures.Count == 0 ? 0 : 1;
            },
            CancellationToken.None));
        return command;
    }
}
