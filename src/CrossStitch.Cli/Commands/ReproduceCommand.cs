using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Paper;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch reproduce</c>: the paper's whole study, and a report.</summary>
internal static class ReproduceCommand
{
    /// <summary>Drawn faces show how a study goes, in minutes; what it finds there says little.</summary>
    private const int DrawnEpochs = 8;

    private const string Paper = "paper";
    private const string Labels = "labels";
    private const string Attributes = "attributes";

    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var seeds = NumberOption.Whole("--seeds", "n", "How many seeds each network is trained with. Three or more tell chance from difference.", 3, 1, StudyPlan.MostSeeds);
        var questions = PathOption.Create(
            "--questions", "names", $"Which open questions to answer beside the main comparison: all, none, or names joined by commas: {string.Join(", ", OpenQuestion.All.Select(question => question.Id))}. [default: all; none on drawn faces]");
        var study = EnumOption.OfNames(
            "--study", $"Which study: {Paper}, its 21 networks and open questions; {Labels}, when attributes help landmarks: landmarks on 100, 30, 10, 5 and 2 % of the faces, with and without attributes; {Attributes}, when landmarks help attributes: attributes on 100, 10 and 2 %.", Paper, [Paper, Labels, Attributes]);
        var parallel = NumberOption.Optional("--parallel", "k", "How many networks to train at once. [default: as many as cores, divided by --threads]", 1, Recipe.MostThreads);
        var place = PathOption.Create("--out", "folder", "Folder of the study. [default: runs/study-…, named for the faces and the recipe]");
        var fresh = new Option<bool>("--fresh") { Description = "Delete the runs and results of an earlier study in the folder, and nothing else, and start over." };
        var redo = StudyWork.RedoDamaged();
        var data = new DataOptions();
        var cluster = new ClusterOptionSet();

        // A thread a network unless the user says otherwise, so that a study goes on anywhere to the same weights.
        var training = new TrainingOptionSet(catalog, DrawnEpochs, defaultThreads: 1);
        var command = new CommandWithExamples("reproduce", "Repeats the paper's study, 21 networks with several seeds, and writes a report with statistics and figures. Stopped and started again, it goes on where it was.")
        {
            Examples =
            [
                ("crossstitch reproduce --seeds 1", "A short version on drawn faces: no download, a few minutes."),
                ("crossstitch reproduce --data MTFL.zip --boxes boxes.csv --seeds 3", "The study on MTFL, with the paper's open questions."),
                ("crossstitch reproduce --data MTFL.zip --seeds 10 --on slurm --time 1:00:00 --out /shared/study", "As a job array on a cluster; then 'crossstitch status /shared/study'."),
                ("crossstitch reproduce --data MTFL.zip --boxes boxes.csv --questions two-towers --out study", "Another folder, one question."),
                ("crossstitch reproduce --data MTFL.zip --boxes boxes.csv --study labels --seeds 5", "When do attributes help landmarks?"),
            ],
        };
        command.Add(study);
        command.Add(seeds);
        command.Add(questions);
        command.Add(parallel);
        command.Add(place);
        command.Add(fresh);
        command.Add(redo);
        data.AddTo(command);
        training.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var recipe = training.Read(arguments, data.Read(arguments), [.. PaperStudy.Networks.Select(name => catalog.Networks[name])]);
            var elsewhere = cluster.Read(arguments, recipe.Threads);
            if (elsewhere is not null && arguments.Gives(parallel))
            {
                throw new CrossStitchException("--parallel has no effect with --on: a worker trains as many networks at once as it has cores for, with --threads each.");
            }

            recipe = elsewhere is not null && recipe.Threads == 0 ? recipe with { Threads = elsewhere.Threads } : recipe;
            var atOnce = arguments.GetValue(parallel) ?? Math.Max(1, Environment.ProcessorCount / recipe.UsedThreads);
            var kind = arguments.GetValue(study)!;
            if (kind != Paper && arguments.Gives(questions))
            {
                throw new CrossStitchException($"--questions does not go with --study {kind}: they are the paper's, and this study has its own.");
            }

            var used = NetworkNames.Seeds(arguments.GetValue(seeds));
            var plan = kind switch
            {
                Labels => LabelStudy.Plan(recipe, used, catalog),
                Attributes => AttributeStudy.Plan(recipe, used, catalog),
                _ => PaperStudy.Plan(recipe, used, OpenQuestion.Parse(arguments.GetValue(questions) ?? (recipe.Data is DrawnData ? "none" : "all")), catalog),
            };
            var folder = arguments.GetValue(place) ?? DefaultFolder.Of(kind == Paper ? "study" : kind, recipe, catalog);
            var output = (folder, arguments.GetValue(fresh), arguments.GetValue(redo));
            if (elsewhere is not null && !ClusterWork.Begin(terminal, plan, catalog, output, elsewhere, cancellation))
            {
                return 0;
            }

            var (done, results) = elsewhere is null
                ? StudyWork.Do(terminal, plan, catalog, output, atOnce, report: true, cancellation)
                : StudyWork.Collect(plan, folder, catalog, report: true, cancellation);
            StudyDisplay.Show(terminal.Results, done, results);
            terminal.Progress.MarkupLineInterpolated($"[grey]{Path.Combine(folder, StudyReport.FileName)} is the report; results.csv and results.json hold its numbers.[/]");
            return done.Failures.Count == 0 ? 0 : 1;
        }, CancellationToken.None));
        return command;
    }
}
