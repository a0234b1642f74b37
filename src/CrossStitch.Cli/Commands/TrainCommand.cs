using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch train</c>: one network, one run folder.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var network = EnumOption.OfNames("--network", "Which network.", "cross-stitch", catalog.Networks.Names);
        var auxiliary = PathOption.Create(
            "--auxiliary", "tasks", "Which auxiliary tasks help the landmarks: all, or names joined by commas: pose, gender, glasses, smile.", "all");
        var seed = NumberOption.Seed("--seed", "Seed of everything random.", 1);
        var output = PathOption.Create("--out", "folder", "Folder of the run. [default: runs/FACES-NETWORK-TASKS-seedN]");
        var recipeFile = PathOption.Create("--recipe", "file", "Take everything from a recipe.json; options given beside it change it.");
        var resume = PathOption.Create("--resume", "folder", "Go on with a stopped run, to the weights that it would have had without the stop. --data and --boxes say where its faces lie now.");
        var data = new DataOptions();
        var training = new TrainingOptionSet(catalog);
        var command = new CommandWithExamples("train", "Trains one network and leaves a run folder: recipe, metrics, checkpoints, TensorBoard events, result.")
        {
            Examples =
            [
                ("crossstitch train --network split --auxiliary smile", "A split network on drawn faces, helped by smiles."),
                ("crossstitch train --network related-cross-stitch --data MTFL.zip --boxes boxes.csv --out runs/mine", "On MTFL, into a folder of your choice."),
                ("crossstitch train --resume runs/mine", "Goes on after Ctrl-C."),
                ("crossstitch train --recipe runs/mine/recipe.json --out runs/again", "Repeats a run from its recipe."),
                ("crossstitch train --recipe runs/mine/recipe.json --seed 2 --epochs 60 --out runs/longer", "The same with another seed and more epochs."),
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
                arguments.RefuseOthers(resume, "a run goes on as its recipe.json says; --recipe with that file begins another one.", data.Data, data.Boxes, training.FirstLook);
                var begun = RunFolder.OpenExisting(stopped, catalog);
                var recipe = begun.LoadRecipe();
                FolderLock.RequireFree(begun.FullPath);
                if (begun.MissingEpochs() is { } missing)
                {
                    DataLoading.Warn(terminal.Progress, missing);
                }

                if (begun.IsFinished)
                {
                    terminal.Progress.MarkupLineInterpolated($"[grey]This run has ended already; nothing is left to train.[/]");
                }

                recipe = recipe with { Data = Moved(arguments, data, recipe.Data, anotherIsAllowed: false) };
                return Run(terminal, arguments.GetValue(training.FirstLook) is { } first ? TrainingOptionSet.WithFirstLook(recipe, first) : recipe, begun, cancellation);
            }

            var planned = Planned(arguments);
            var folder = new RunFolder(arguments.GetValue(output) ?? DefaultFolder.Of(planned, catalog), catalog);
            if (folder.HasEpochs)
            {
                throw new CrossStitchException($"{folder.FullPath}: holds a {(folder.IsFinished ? "run that has ended; choose" : "run; go on with it by --resume, or choose")} another folder with --out.");
            }

            OutputPlace.RequireFolder(folder.FullPath);
            return Run(terminal, planned, folder, cancellation);
        }, CancellationToken.None));
        return command;

        Recipe Planned(ParseResult arguments)
        {
            var known = arguments.GetValue(recipeFile) is { } file ? catalog.Json.LoadRecipe(file) with { Versions = new Dictionary<string, string>() } : null;
            var kind = catalog.Networks[known is null || arguments.Gives(network) ? arguments.GetValue(network)! : known.Network];
            if (!kind.LearnsAuxiliary && arguments.Gives(auxiliary))
            {
                throw new CrossStitchException($"--auxiliary has no effect here: the {kind.Name} network learns landmarks alone. Leave it out, or choose another network.");
            }

            var source = known is null ? data.Read(arguments) : Moved(arguments, data, known.Data, anotherIsAllowed: true);
            var recipe = known is null ? training.Read(arguments, source, [kind]) : training.Apply(arguments, known with { Data = source }, [kind]);
            recipe = recipe with { Seed = known is null || arguments.Gives(seed) ? arguments.GetValue(seed) : known.Seed };
            if (known is not null && !arguments.Gives(network) && !arguments.Gives(auxiliary))
            {
                return recipe;
            }

            var all = Recipe.For(source);
            var named = known is { } before && before.Auxiliary().Count > 0 && !arguments.Gives(auxiliary) ? before.Auxiliary() : SingleSet(arguments.GetValue(auxiliary)!, all.Auxiliary());
            var weights = recipe.Tasks().ToDictionary(task => task.Task, task => task.Weight);
            return (recipe with { Groups = [.. all.Groups.Select(group => group with { Tasks = group.Tasks.ToDictionary(task => task.Key, task => weights.GetValueOrDefault(task.Key, task.Value)) })] }).With(kind, [.. named]);
        }
    }

    /// <summary>Where the faces of a stopped run, or of a recipe, lie now.</summary>
    private static DataRecipe Moved(ParseResult arguments, DataOptions options, DataRecipe begun, bool anotherIsAllowed)
    {
        if (anotherIsAllowed && (begun is not MtflData || arguments.Gives(options.Faces)))
        {
            return options.Read(arguments, begun as FacesRecipe);
        }

        if (begun is not MtflData archive)
        {
            return options.AnyGiven(arguments)
                ? throw new CrossStitchException("--data and --boxes do not go with this run: its faces are drawn by the program.")
                : begun;
        }

        if (!arguments.Gives(options.Data) && !File.Exists(archive.Archive) && !Directory.Exists(archive.Archive))
        {
            throw new CrossStitchException($"{archive.Archive}: the archive of this recipe is not there; say with --data where it is now.");
        }

        return !arguments.Gives(options.Boxes) && archive.Boxes is { } boxes and not (MtflData.FoundBoxes or MtflData.LandmarkBoxes) && !File.Exists(boxes)
            ? throw new CrossStitchException($"{boxes}: the box file of this recipe is not there; say with --boxes where it is now.")
            : options.Read(arguments, archive);
    }

    private static int Run(Terminal terminal, Recipe recipe, RunFolder folder, CancellationToken cancellation)
    {
        var data = DataLoading.Show(terminal.Progress, recipe.Data, cancellation);
        RunResult result;
        try
        {
            result = TrainingDisplay.Follow(terminal, recipe, (onEpoch, progress) => new TrainingRun(recipe, data, folder).Execute(onEpoch, progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            if (folder.HasEpochs)
            {
                terminal.Progress.MarkupLineInterpolated($"Go on with: crossstitch train --resume {folder.FullPath}");
            }

            throw;
        }

        if ((result.Test ?? result.Validation) is { } evaluation)
        {
            var caution = result.Test is not null && data.Test is { } test ? recipe.Data.Domain().Caution(ExampleLabels.Of(test, recipe.Data.Tasks(), recipe.Data.Backbone()).Examples) : null;
            new EvaluationDisplay(recipe.Data).Show(terminal.Results, evaluation, caution, result.Test is null ? "validation" : "test");
        }

        terminal.Progress.MarkupLineInterpolated($"[grey]The run is in {folder.FullPath}.[/]");
        return 0;
    }

    private static IReadOnlyList<string> SingleSet(string text, IReadOnlyList<string> all)
    {
        var sets = AuxiliarySet.Parse(text, all);
        return sets.Count == 1 ? sets[0] : throw new CrossStitchException($"'{text}' is {sets.Count} sets of auxiliary tasks, and a run has one; use 'crossstitch compare --auxiliary {text}'.");
    }
}
