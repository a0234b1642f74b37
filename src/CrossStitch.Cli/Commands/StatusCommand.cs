using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Clusters;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch status</c>: where a study is.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var folder = PathOption.Argument("folder", "Folder of a study, here or on a cluster.");
        var json = new Option<bool>("--json") { Description = "Print it as JSON." };
        var command = new CommandWithExamples("status", "Says where a study is: how many runs are done, running, waiting, failed or lost, and about how long it will take.")
        {
            Examples = [("crossstitch status /shared/study", "Also of a study that other machines, or a cluster, are at.")],
        };
        command.Add(folder);
        command.Add(json);
        command.SetAction((arguments, cancellation) => Task.Run(
            () =>
            {
                var study = PlannedStudy.Open(arguments.GetValue(folder)!, catalog);
                var slurm = new SlurmStudy(study);
                var (queue, unknown) = Queue(slurm, cancellation);
                var status = queue is null ? study.Status() : slurm.Status(queue);
                if (unknown is not null)
                {
                    terminal.Progress.MarkupLineInterpolated($"[yellow]What of it is in the queue and what is lost cannot be told: {unknown}[/]");
                }

                if (arguments.GetValue(json))
                {
                    terminal.Results.Profile.Out.Writer.WriteLine(System.Text.Json.JsonSerializer.Serialize(status, catalog.Json.Indented));
                    return;
                }

                StatusDisplay.Show(terminal.Results, study, slurm, status, queue);
            },
            CancellationToken.None));
        return command;
    }

    /// <summary>The queue of a study that was submitted; null for another, or with the reason why it cannot be read.</summary>
    private static (IReadOnlyList<QueuedTask>? Queue, string? Problem) Queue(SlurmStudy slurm, CancellationToken cancellation)
    {
        try
        {
            return (slurm.IsSubmitted ? slurm.Queue(cancellation) : null, null);
        }
        catch (CrossStitchException error)
        {
            return (null, error.Message);
        }
    }
}
