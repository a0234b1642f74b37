using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch reproduce</c>: the paper's whole study, and a report.</summary>
internal static class ReproduceCommand
{
    /// <summary>Drawn faces show how a study goes, in minutes; what it finds there says little.</summary>
    private const int DrawnEpochs = 8;

    public static Command Create(Terminal terminal)
    {
        var seeds = new Option<int>("--seeds") { Description = "How many seeds each network is trained with. Three or more tell chance from difference.", DefaultValueFactory = _ => 3, HelpName = "n" };
        var questions = new Option<string?>("--questions")
        {
            Description = $"Which open questions to answer beside the main comparison: all, none, or names joined by commas: {string.Join(", ", OpenQuestion.All.Select(question => question.Id))}. [default: all; none on drawn faces]",
            HelpName = "names",
        };
        var parallel = new Option<int>("--parallel") { Description = "How many networks to train at once. [default: as many as cores, divided by --threads]", HelpName = "k" };
        var output = new Option<string>("--out") { Description = "Folder of the study.", DefaultValueFactory = _ => Path.Combine("runs", "study"), HelpName = "folder" };
        var data = new DataOptions();

        // A thread a network unless the user says otherwise, so that a study goes on anywhere to the same weights.
        var training = new TrainingOptionSet(DrawnEpochs, defaultThreads: 1);
        var command = new CommandWithExamples("reproduce", "Repeats the paper's study, 21 networks with several seeds, and writes a report with statistics and figures. Stopped and started again, it goes on where it was.")
        {
            Examples =
            [
                ("crossstitch reproduce --seeds 1", "A short version on drawn faces: no download, a few minutes."),
                ("crossstitch reproduce --data MTFL.zip --boxes boxes.csv --seeds 3", "The study on MTFL, with the paper's open questions."),
                ("crossstitch reproduce --data MTFL.zip --boxes boxes.csv --questions two-towers --out study", "Another folder, one question."),
            ],
        };
        command.Add(seeds);
        command.Add(questions);
        command.Add(parallel);
        command.Add(output);
        data.AddTo(command);
        training.AddTo(command);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var source = data.Read(arguments);
            var recipe = training.Read(arguments, source);
            recipe = recipe with { Threads = recipe.UsedThreads };
            var atOnce = arguments.GetValue(parallel) is var asked and not 0 ? asked : Math.Max(1, Environment.ProcessorCount / recipe.Threads);
            if (atOnce < 1)
            {
                throw new CrossStitchException($"--parallel is {atOnce}; train at least one network at once.");
            }

            var asks = OpenQuestion.Parse(arguments.GetValue(questions) ?? (source is DrawnData ? "none" : "all"));
            var plan = StudyPlan.Create(recipe, Seeds(arguments.GetValue(seeds)), asks);
            return Run(terminal, plan, source, arguments.GetValue(output)!, atOnce, cancellation);
        }, CancellationToken.None));
        return command;
    }

    private static int Run(Terminal terminal, StudyPlan plan, DataRecipe source, string folder, int atOnce, CancellationToken cancellation)
    {
        var faces = FaceLoading.Show(terminal.Progress, source, cancellation);
        terminal.Progress.MarkupLineInterpolated($"[grey]{plan.Runs.Count} runs in {folder}, {atOnce} at once.[/]");
        try
        {
            ComparisonDisplay.Follow(terminal.Progress, plan.Runs, progress =>
            {
                new StudyRunner(plan, faces, folder, atOnce).Run(progress, cancellation);
                return true;
            });
        }
        catch (OperationCanceledException)
        {
            terminal.Progress.MarkupLineInterpolated($"[grey]Stopped: the same command goes on where it was; 'crossstitch report {folder}' draws what there is.[/]");
            throw;
        }

        var study = Study.Load(folder);
        var results = StudyResults.Of(study);
        StudyFiles.Write(folder, results);
        StudyReport.Write(study, results, folder, cancellation);
        StudyDisplay.Show(terminal.Results, study, results);
        terminal.Progress.MarkupLineInterpolated($"[grey]{Path.Combine(folder, StudyReport.FileName)} is the report; results.csv and results.json hold its numbers.[/]");
        return study.Failures.Count == 0 ? 0 : 1;
    }

    private static IReadOnlyList<long> Seeds(int count) =>
        count >= 1 ? [.. Enumerable.Range(1, count).Select(seed => (long)seed)] : throw new CrossStitchException($"--seeds is {count}; train with at least one.");
}
