using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch train</c>: one network, one run folder.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var network = EnumOption.Create("--network", "Which network.", NetworkKind.CrossStitch);
        var auxiliary = new Option<string>("--auxiliary")
        {
            Description = "Which auxiliary tasks help the landmarks: all, or names joined by commas: pose, gender, glasses, smile.",
            DefaultValueFactory = _ => "all",
            HelpName = "tasks",
        };
        var seed = new Option<long>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1, HelpName = "n" };
        var output = new Option<string?>("--out") { Description = "Folder of the run. [default: runs/NETWORK-TASKS-seedN]", HelpName = "folder" };
        var recipeFile = new Option<string?>("--recipe") { Description = "Take everything from a recipe.json instead of the options.", HelpName = "file" };
        var resume = new Option<string?>("--resume") { Description = "Go on with a stopped run, to the weights that it would have had without the stop.", HelpName = "folder" };
        var data = new DataOptions();
        var training = new TrainingOptionSet();
        var command = new CommandWithExamples("train", "Trains one network and leaves a run folder: recipe, metrics, checkpoints, TensorBoard events, result.")
        {
            Examples =
            [
                ("crossstitch train --network split --auxiliary smile", "A split network on drawn faces, helped by smiles."),
                ("crossstitch train --network related-cross-stitch --data MTFL.zip --boxes boxes.csv --out runs/mine", "On MTFL, into a folder of your choice."),
                ("crossstitch train --resume runs/mine", "Goes on after Ctrl-C."),
                ("crossstitch train --recipe runs/mine/recipe.json --out runs/again", "Repeats a run from its recipe."),
            ],
        };
        foreach (var option in new Option[] { network, auxiliary, seed, output, recipeFile, resume })
        {
            command.Add(option);
        }

        data.AddTo(command);
        training.AddTo(command);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            if (arguments.GetValue(resume) is { } stopped)
            {
                var begun = RunFolder.OpenExisting(stopped);
                return Run(terminal, begun.LoadRecipe(), begun, cancellation);
            }

            var kind = EnumOption.Read<NetworkKind>(arguments, network);
            var recipe = arguments.GetValue(recipeFile) is { } file
                ? RecipeFile.Load(file) with { Versions = new Dictionary<string, string>() }
                : training.Read(arguments, data.Read(arguments)) with
                {
                    Network = kind,
                    Auxiliary = kind == NetworkKind.Single ? [] : SingleSet(arguments.GetValue(auxiliary)!).Tasks,
                    Seed = arguments.GetValue(seed),
                };
            var name = recipe.Network == NetworkKind.Single ? "single" : $"{NetworkBuilder.Name(recipe.Network)}-{new AuxiliarySet(recipe.Auxiliary).Name}";
            var folder = new RunFolder(arguments.GetValue(output) ?? Path.Combine("runs", $"{name}-seed{recipe.Seed}"));
            return folder.IsBegun
                ? throw new CrossStitchException($"{folder.FullPath}: holds a run; go on with it by --resume, or choose another folder with --out.")
                : Run(terminal, recipe, folder, cancellation);
        }, CancellationToken.None));
        return command;
    }

    private static int Run(Terminal terminal, Recipe recipe, RunFolder folder, CancellationToken cancellation)
    {
        var faces = FaceLoading.Show(terminal.Progress, recipe.Data, cancellation);
        RunResult result;
        try
        {
            result = TrainingDisplay.Follow(terminal.Progress, (onEpoch, progress) => new TrainingRun(recipe, faces, folder).Execute(onEpoch, progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            terminal.Progress.MarkupLineInterpolated($"Go on with: crossstitch train --resume {folder.FullPath}");
            throw;
        }

        if ((result.Test ?? result.Validation) is { } evaluation)
        {
            EvaluationDisplay.Show(terminal.Results, evaluation, result.Test is null ? "validation faces" : "test faces");
        }

        terminal.Progress.MarkupLineInterpolated($"[grey]The run is in {folder.FullPath}.[/]");
        return 0;
    }

    private static AuxiliarySet SingleSet(string text)
    {
        var sets = AuxiliarySet.Parse(text);
        return sets.Count == 1 ? sets[0] : throw new CrossStitchException($"'{text}' is {sets.Count} sets of auxiliary tasks, and a run has one; use 'crossstitch compare --auxiliary {text}'.");
    }
}
