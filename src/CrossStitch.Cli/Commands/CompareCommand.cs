using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Studies;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch compare</c>: the main job.</summary>
internal static class CompareCommand
{
    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var networks = PathOption.Create(
            "--networks", "names", "Which networks, joined by commas: " + string.Join(", ", catalog.Networks.Names) + ".", "all");
        var auxiliary = PathOption.Create(
            "--auxiliary", "tasks", "Which auxiliary tasks help the landmarks: all, each (the paper's five sets), or names joined by commas: pose, gender, glasses, smile.", "all");
        var seeds = NumberOption.Whole("--seeds", "n", "How many seeds each network is trained with: 1, 2, ...", 1, 1, StudyPlan.MostSeeds);
        var place = PathOption.Create("--out", "folder", "Folder of the comparison. [default: runs/compare-…, named for the faces and the recipe]");
        var fresh = new Option<bool>("--fresh") { Description = "Delete the runs and results of an earlier comparison in the folder, and nothing else, and start over." };
        var redo = StudyWork.RedoDamaged();
        var data = new DataOptions();
        var cluster = new ClusterOptionSet();
        var training = new TrainingOptionSet(catalog);
        var command = new CommandWithExamples("compare", "Trains the paper's networks on faces and prints who wins. Stopped and started again, it goes on where it was.")
        {
            Examples =
            [
                ("crossstitch compare", "All five networks on drawn faces: no download, a few minutes."),
                ("crossstitch compare --data MTFL.zip --boxes boxes.csv --epochs 30", "The same on MTFL."),
                ("crossstitch compare --data MTFL.zip --seeds 5 --on slurm --partition short --out /shared/compare --wait", "On a cluster; without --wait, see 'crossstitch status'."),
                ("crossstitch compare --networks single,cross-stitch --auxiliary each --seeds 3", "Two networks, the paper's five auxiliary sets, three seeds."),
            ],
        };
        command.Add(networks);
        command.Add(auxiliary);
        command.Add(seeds);
        command.Add(place);
        command.Add(fresh);
        command.Add(redo);
        data.AddTo(command);
        training.AddTo(command);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var kinds = NetworkNames.Parse(arguments.GetValue(networks)!, catalog);
            if (arguments.Gives(auxiliary) && !kinds.Any(kind => kind.LearnsAuxiliary))
            {
                throw new CrossStitchException($"--auxiliary has no effect here: the {kinds[0].Name} network learns landmarks alone. Leave it out, or choose more networks.");
            }

            var asked = training.Read(arguments, data.Read(arguments), kinds);
            var elsewhere = cluster.Read(arguments, asked.Threads);

            // All cores are settled before other machines come in: they differ, and results must not.
            var recipe = elsewhere is not null && asked.Threads == 0 ? asked with { Threads = elsewhere.Threads } : asked;
            var sets = AuxiliarySet.Parse(arguments.GetValue(auxiliary)!, recipe.Auxiliary());
            var plan = StudyPlan.Compare(recipe, kinds, sets, NetworkNames.Seeds(arguments.GetValue(seeds)));
            var folder = arguments.GetValue(place) ?? DefaultFolder.Of("compare", recipe, catalog, [.. kinds.Select(kind => kind.Name), .. sets.Select(set => AuxiliarySet.Name(set, recipe.Auxiliary()))]);
            var output = (folder, arguments.GetValue(fresh), arguments.GetValue(redo));
            if (elsewhere is not null && !ClusterWork.Begin(terminal, plan, catalog, output, elsewhere, cancellation))
            {
                return 0;
            }

            var (study, results) = elsewhere is null
                ? StudyWork.Do(terminal, plan, catalog, output, parallel: 1, report: false, cancellation)
                : StudyWork.Collect(plan, folder, catalog, report: false, cancellation);
            StudyTable.Show(terminal.Results, study, results);
            terminal.Progress.MarkupLineInterpolated($"[grey]Runs, results.md and results.json are in {folder}; 'crossstitch report {folder}' draws a page.[/]");
            return study.Failures.Count == 0 ? 0 : 1;
        }, CancellationToken.None));
        return command;
    }
}
