using System.CommandLine;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Clusters;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch cancel</c>: takes a study's tasks out of the cluster's queue.</summary>
internal static class CancelCommand
{
    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var folder = PathOption.Argument("folder", "Folder of a study that was submitted with --on slurm.");
        var command = new CommandWithExamples("cancel", "Takes a study's tasks out of the cluster's queue. What runs saves and ends; what is done is kept, and the command that began the study submits the rest again.")
        {
            Examples = [("crossstitch cancel /shared/study", "Ends the jobs of that study and no others.")],
        };
        command.Add(folder);
        command.SetAction((arguments, cancellation) => Task.Run(
            () =>
            {
                var place = arguments.GetValue(folder)!;
                var slurm = new SlurmStudy(PlannedStudy.Open(place, catalog));
                if (!slurm.IsSubmitted)
                {
                    throw new CrossStitchException($"{place}: nothing of this study was submitted; what runs on other machines is ended there, with Ctrl-C.");
                }

                var tasks = slurm.Cancel(cancellation);
                terminal.Results.MarkupLineInterpolated($"{(tasks == 0 ? "Nothing of it was in the queue." : tasks == 1 ? "One task was in the queue, and is taken out." : $"{tasks} tasks were in the queue, and are taken out.")}");
            },
            CancellationToken.None));
        return command;
    }
}
