using System.CommandLine;
using System.Runtime.InteropServices;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Clusters;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch work</c>: does runs of a study that was planned before, on this machine or another.</summary>
internal static class WorkCommand
{
    /// <summary>From here on, the code with which a process ended is a signal's.</summary>
    private const int SignalCode = 128;

    private const int LogLines = 20;
    private const int LogCharacters = 16_000;

    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var folder = PathOption.Argument("folder", "Folder of a study that 'crossstitch reproduce' or 'crossstitch compare' planned; any machine that shares it can work on it.");
        var parallel = NumberOption.Optional("--parallel", "k", "How many networks to train at once. [default: as many as cores, divided by the threads of a run]", 1, Recipe.MostThreads);
        var retry = new Option<bool>("--retry-failed") { Description = "Also try runs again that were given up after three failures." };
        var tasks = PathOption.Create("--tasks", "file", "With --task: do the runs of one line of this file only, such as slurm/1/tasks.txt.");
        var task = NumberOption.Optional("--task", "n", "Which line of --tasks, from 0.", 0, SlurmOptions.MostTasks);
        var crash = new Option<int?>("--after-crash") { Description = "What the command before this one ended with.", Hidden = true };
        var log = new Option<string?>("--log") { Description = "Where it wrote.", Hidden = true };
        var command = new CommandWithExamples("work", "Does runs of a planned study that nobody is at, until all have ended. Told to stop (Ctrl-C, TERM, USR1), it saves at the next step and ends with code 75: start it again, anywhere.")
        {
            Examples =
            [
                ("crossstitch work /shared/study", "On any number of machines at once; each takes runs that nobody is at."),
                ("crossstitch work /shared/study --tasks slurm/1/tasks.txt --task 3", "What a task of a job array does."),
            ],
        };
        command.Add(folder);
        foreach (var option in (Option[])[parallel, retry, tasks, task, crash, log])
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellation) => Task.Run(
            () =>
            {
                var place = arguments.GetValue(folder)!;
                if (arguments.Gives(tasks) != arguments.Gives(task))
                {
                    throw new CrossStitchException("--tasks and --task go together: a file, and which of its lines.");
                }

                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                using var signals = new StopSignals(stop);
                var study = PlannedStudy.Open(place, catalog);
                var options = new WorkOptions
                {
                    Runs = arguments.GetValue(tasks) is { } list ? TaskList.Load(Path.Combine(place, list), arguments.GetValue(task)!.Value) : null,
                    Parallel = arguments.GetValue(parallel) ?? Math.Max(1, Environment.ProcessorCount / study.Recipe.UsedThreads),
                    RetryFailed = arguments.GetValue(retry),
                };
                var runs = study.Runs(options);
                if (arguments.GetValue(crash) is { } code)
                {
                    var hit = study.CountCrash(runs, HowItEnded(code), LastLines(place, arguments.GetValue(log)));
                    DataLoading.Warn(terminal.Progress, $"Before, {HowItEnded(code)}{(hit.Count == 0 ? ", at no run yet" : $", at {string.Join(" and ", hit)}: that counts as a failure")}.");
                }

                return Work(terminal, study, options, runs, stop.Token);
            },
            CancellationToken.None));
        return command;
    }

    private static int Work(Terminal terminal, PlannedStudy study, WorkOptions options, IReadOnlyList<PlannedRun> runs, CancellationToken stop)
    {
        try
        {
            var data = DataLoading.Show(terminal.Progress, study.Load, study.Recipe.Data, stop);
            using (var bars = new Bars(terminal.Progress))
            {
                study.Work(runs, data, options, new StudyFollower(bars, runs), stop);
            }

            var status = study.StatusOf(runs);
            terminal.Progress.MarkupLineInterpolated($"[grey]{status.Done} of {(options.Runs is null ? "the study's" : "this task's")} {status.Planned} run{(status.Planned == 1 ? "" : "s")} done; 'crossstitch collect {study.Folder}' gives the results.[/]");
            return status.Failed.Count == 0 ? 0 : 1;
        }
        catch (OperationCanceledException stopped) when (stop.IsCancellationRequested)
        {
            terminal.Progress.MarkupLineInterpolated($"[grey]{(stopped.InnerException is null ? "Stopped and saved" : stopped.Message.TrimEnd('.'))}; 'crossstitch work {study.Folder}' goes on, here or elsewhere.[/]");
            return CommandLine.NotFinished;
        }
    }

    private static string HowItEnded(int code) => (code - SignalCode) switch
    {
        (int)Posix.Abort => "the process ended itself by an error that it could not handle",
        (int)Posix.Kill => "the process was killed, as systems do with one that takes too much memory",
        (int)Posix.Segmentation => "the process crashed in native code",
        > 0 and var signal => $"the process was ended by signal {signal}",
        _ => $"the process ended with code {code}",
    };

    private static string LastLines(string study, string? log) =>
        log is null ? "" : string.Join('\n', LogTail.Read(Path.Combine(study, log), LogLines, LogCharacters));

    private enum Posix
    {
        Abort = 6,
        Kill = 9,
        Segmentation = 11,
    }

    /// <summary>What a scheduler says to a process that has to go: each asks for a stop, and none kills.</summary>
    private sealed class StopSignals : IDisposable
    {
        private readonly List<PosixSignalRegistration> _registrations = [];
        private readonly Lock _lock = new();
        private bool _ended;

        public StopSignals(CancellationTokenSource stop)
        {
            void Stop(PosixSignalContext context)
            {
                context.Cancel = true;
                lock (_lock)
                {
                    // A signal may come in the last moment, when nothing is left to stop.
                    if (!_ended)
                    {
                        stop.Cancel();
                    }
                }
            }

            // USR1 and USR2 have no name in .NET, and other numbers on each system.
            int[] users = OperatingSystem.IsLinux() ? [10, 12] : OperatingSystem.IsMacOS() ? [30, 31] : [];
            _registrations.AddRange(users.Select(signal => PosixSignalRegistration.Create((PosixSignal)signal, Stop)));
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _ended = true;
            }

            _registrations.ForEach(registration => registration.Dispose());
        }
    }
}
