using System.CommandLine;
using System.Text.Json;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch evaluate</c>: a finished run on its own test faces, or on others that it has not seen.</summary>
internal static class EvaluateCommand
{
    /// <summary>Drawn faces to measure on are of a seed of their own, which no run trains on unless it is asked to.</summary>
    private const long DrawnSeed = 4_000_000_007;

    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var run = PathOption.Argument("run", "Folder of a finished run.");
        var split = EnumOption.Create("--split", "Which faces: test faces, or those to train on.", MtflSplit.Testing);
        var json = PathOption.Create("--json", "file", "Also write everything that was measured to a JSON file.");
        var first = PathOption.Create("--first-look", "file", "Where the network that looks first lies now, for a run that was trained with --preset best; with another one the figures are not the run's.");
        var seen = new Option<bool>("--allow-training-faces") { Description = "Measure even though the run has trained on some of the faces; the first line of the result says how many." };
        var data = new DataOptions(
            "Measure on so many faces that the program draws, none of which the run has seen.",
            "Measure on an archive in the layout of MTFL (.zip or folder) instead of the run's own faces.");
        var command = new CommandWithExamples("evaluate", "Measures a finished run: by landmark, by pose, by box source, attribute by attribute; on its own test faces unless others are named.")
        {
            Examples =
            [
                ("crossstitch evaluate runs/mine", "On the run's own test faces."),
                ("crossstitch evaluate runs/mine --data other.zip --boxes other.csv", "On the test faces of an archive that the run never saw."),
                ("crossstitch evaluate runs/mine --split training", "On the faces that it trained on, to see how far it has learned them by heart."),
            ],
        };
        command.Add(run);
        command.Add(split);
        command.Add(json);
        command.Add(first);
        command.Add(seen);
        data.AddTo(command);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            if (arguments.Gives(data.Faces) && arguments.Gives(split))
            {
                throw new CrossStitchException("--split does not go with --faces: faces that the program draws to measure on have no splits.");
            }

            var folder = RunFolder.OpenExisting(arguments.GetValue(run)!, catalog);
            folder.RequireFinished();
            var file = arguments.GetValue(json);
            if (file is not null)
            {
                OutputPlace.RequireFile(file);
            }

            var output = file is null ? null : new OutputFile(file);
            var chosen = arguments.Read<MtflSplit>(split);
            var recipe = arguments.GetValue(first) is { } moved ? TrainingOptionSet.WithFirstLook(folder.LoadRecipe(), moved) : folder.LoadRecipe();
            var other = !data.AnyGiven(arguments) ? null : recipe.Data is FacesRecipe trained ? data.Read(arguments).SeenAs(trained) : data.Read(arguments);
            var faces = other is null ? Own(terminal, folder, recipe, chosen, cancellation) : Load(terminal, other, chosen, cancellation);
            var known = CountSeen(terminal, folder, faces, arguments.GetValue(seen) || chosen == MtflSplit.Training);
            var measured = Evaluator.Measure(folder, new FaceData(faces), cancellation);
            if (known > 0)
            {
                terminal.Results.MarkupLineInterpolated($"[yellow]The run has seen {known} of these {faces.Count} faces in training: the figures do not say how it does on new ones.[/]");
            }

            var source = recipe.Data;
            new EvaluationDisplay(source).Show(terminal.Results, measured.Evaluation, source.Domain().Caution(measured.Examples), "");
            output?.Finish(JsonSerializer.SerializeToUtf8Bytes(measured.Evaluation with { SeenInTraining = known }, catalog.Json.Indented));
        }, CancellationToken.None));
        return command;
    }

    /// <summary>The faces of the run's own recipe.</summary>
    private static FaceCropSet Own(Terminal terminal, RunFolder folder, Recipe recipe, MtflSplit split, CancellationToken cancellation)
    {
        if (recipe.Data is MtflData { Archive: var archive } && !File.Exists(archive) && !Directory.Exists(archive))
        {
            throw new CrossStitchException($"{archive}: the archive of this run is not there; say with --data (and --boxes) where it is now.");
        }

        var sets = Faces(DataLoading.Show(terminal.Progress, recipe.Data, cancellation));
        if (recipe.Versions.GetValueOrDefault("data") is { } fingerprint && fingerprint != sets.Fingerprint)
        {
            throw new CrossStitchException($"{folder.FullPath}: its faces are not what they were when it was trained ({fingerprint} then, {sets.Fingerprint} now; an earlier version may have read them otherwise, see the changelog){(recipe.Data is FacesRecipe { SecondLook: not null } ? "; they follow from the network that looks first, too: name the one of the training with --first-look, or" : ";")} name the faces to measure on with --data.");
        }

        return split == MtflSplit.Training ? sets.TrainingFaces
            : sets.TestFaces ?? throw new CrossStitchException($"{folder.FullPath}: the run has no test faces; name some with --data, or measure on its training faces with --split training.");
    }

    private static FaceCropSet Load(Terminal terminal, DataRecipe data, MtflSplit split, CancellationToken cancellation)
    {
        if (data is not MtflData mtfl)
        {
            var drawn = (DrawnData)data;
            return Faces(DataLoading.Show(terminal.Progress, drawn with { TrainingFaces = 0, TestFaces = drawn.TrainingFaces, Seed = DrawnSeed }, cancellation)).TestFaces!;
        }

        return DataLoading.Show(terminal.Progress, mtfl, split, cancellation).Faces;
    }

    private static FaceDataset Faces(Dataset data) => data as FaceDataset ?? throw new CrossStitchException("This run was not trained on faces, which is all that this command measures on.");

    private static int CountSeen(Terminal terminal, RunFolder folder, FaceCropSet faces, bool allowed)
    {
        if (SeenFaces.Load(Path.Combine(folder.FullPath, SeenFaces.FileName)) is not { } seen)
        {
            terminal.Progress.MarkupLineInterpolated($"[yellow]This run was made by an earlier version, which did not note its training faces: whether it has seen these cannot be told.[/]");
            return 0;
        }

        var known = seen.CountIn(faces);
        return known == 0 || allowed ? known : throw new CrossStitchException(
            $"{known} of these {faces.Count} faces were seen by this run in training, so the result would say nothing; name other faces, or add --allow-training-faces to measure all the same.");
    }
}
