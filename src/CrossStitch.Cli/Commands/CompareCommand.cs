using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch compare</c>: the main job.</summary>
internal static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var networks = PathOption.Create(
            "--networks", "names", "Which networks, joined by commas: " + string.Join(", ", Enum.GetValues<NetworkKind>().Select(NetworkBuilder.Name)) + ".", "all");
        var auxiliary = PathOption.Create(
            "--auxiliary", "tasks", "Which auxiliary tasks help the landmarks: all, each (the paper's five sets), or names joined by commas: pose, gender, glasses, smile.", "all");
        var seeds = NumberOption.Whole("--seeds", "n", "How many seeds each network is trained with: 1, 2, ...", 1, 1, StudyPlan.MostSeeds);
        var output = PathOption.Create("--out", "folder", "Folder of the comparison. [default: runs/compare-…, named for the faces and the recipe]");
        var fresh = new Option<bool>("--fresh") { Description = "Delete the runs and results of an earlier comparison in the folder, and nothing else, and start over." };
        var data = new DataOptions();
        var training = new TrainingOptionSet();
        var command = new CommandWithExamples("compare", "Trains the paper's networks on faces and prints who wins. Stopped and started again, it goes on where it was.")
        {
            Examples =
            [
                ("crossstitch compare", "All five networks on drawn faces: no download, a few minutes."),
                ("crossstitch compare --data MTFL.zip --boxes boxes.csv --epochs 30", "The same on MTFL."),
                ("crossstitch compare --networks single,cross-stitch --auxiliary each --seeds 3", "Two networks, the paper's five auxiliary sets, three seeds."),
            ],
        };
        command.Add(networks);
        command.Add(auxiliary);
        command.Add(seeds);
        command.Add(output);
        command.Add(fresh);
        data.AddTo(command);
        training.AddTo(command);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var kinds = NetworkNames.Parse(arguments.GetValue(networks)!);
            if (arguments.Gives(auxiliary) && kinds is [NetworkKind.Single])
            {
                throw new CrossStitchException("--auxiliary has no effect here: the single network learns landmarks alone. Leave it out, or choose more networks.");
            }

            var recipe = training.Read(arguments, data.Read(arguments), kinds);
            var plan = new ComparisonPlan(recipe, kinds, AuxiliarySet.Parse(arguments.GetValue(auxiliary)!), NetworkNames.Seeds(arguments.GetValue(seeds)));
            var folder = arguments.GetValue(output) ?? plan.FolderName();
            return Run(terminal, plan, folder, arguments.GetValue(fresh), cancellation);
        }, CancellationToken.None));
        return command;
    }

    private static int Run(Terminal terminal, ComparisonPlan plan, string folder, bool fresh, CancellationToken cancellation)
    {
        OutputPlace.RequireFolder(folder);
        FolderLock.RequireFree(folder);
        var faces = FaceLoading.Show(terminal.Progress, plan.Base.Data, cancellation);
        ComparisonOutcome outcome;
        try
        {
            outcome = ComparisonDisplay.Follow(terminal.Progress, plan.Runs(), progress =>
                new ComparisonRunner(plan, faces, folder, fresh).Run(progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            terminal.Progress.MarkupLineInterpolated($"[grey]What has finished is kept in {folder}: the same command goes on where it was.[/]");
            throw;
        }

        ComparisonDisplay.Show(terminal.Results, outcome);
        terminal.Progress.MarkupLineInterpolated($"[grey]Runs, results.md and results.json are in {folder}.[/]");
        return outcome.Failures.Count == 0 ? 0 : 1;
    }
}
