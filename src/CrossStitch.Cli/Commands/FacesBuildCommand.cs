using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Finding;
using CrossStitch.Kernels.Models;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary>
/// <c>crossstitch faces build</c>: all models that read a photo, one after the other. What a folder holds already is not made
/// again, so that it goes on where it was stopped.
/// </summary>
internal static class FacesBuildCommand
{
    private const string Network = "cross-stitch";

    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var data = PathOption.Create("--data", "path", "The MTFL archive, as downloaded (.zip) or unpacked (a folder).");
        var boxes = PathOption.Create("--boxes", "file", "Boxes that the finder learns to find, a CSV file. Without it, boxes are derived from the landmarks.");
        var output = PathOption.Create("--out", "folder", "Where the models go.", "models");
        var preset = EnumOption.OfNames("--preset", "How the networks that read faces are trained; best, as those in the package were, also trains one that looks at every face again.", FacePreset.Best.Name, [.. FacePreset.All.Select(one => one.Name)]);
        var epochs = NumberOption.Optional("--epochs", "n", "Epochs of the networks that read faces. [default: the preset's]", 1, Training.TrainingOptions.MostEpochs);
        var rounds = NumberOption.Whole("--rounds", "n", "Rounds of the finder's training.", new FinderRecipe().Rounds, 1, 20);
        var seed = NumberOption.Seed("--seed", "Seed of everything random.", 1);
        var threads = NumberOption.Whole("--threads", "n", "Threads to train with; the bits depend on them.", Environment.ProcessorCount, 1, Recipe.MostThreads);
        var command = new CommandWithExamples("build", "Makes the models that read a photo: trains a finder, finds all faces with it, trains the network that reads them.")
        {
            Examples =
            [
                ("crossstitch faces build --data MTFL.zip --boxes boxes.csv", "To models/: finder.xstitch, reader.xstitch and second-look.xstitch. Goes on where it was stopped."),
                ("crossstitch faces build --data MTFL.zip --boxes boxes.csv --rounds 1 --epochs 5 --out quick", "Quick and worse ones."),
            ],
        };
        foreach (var option in new Option[] { data, boxes, output, preset, epochs, rounds, seed, threads })
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var archive = new MtflData(
                Path.GetFullPath(arguments.GetValue(data) ?? throw new CrossStitchException("--data is missing: name the MTFL archive to train on.")), arguments.GetValue(boxes));
            var folder = Path.GetFullPath(arguments.GetValue(output)!);
            OutputPlace.RequireFolder(folder);
            AtomicFile.CreateFolder(folder);
            var (seedNumber, threadCount) = (arguments.GetValue(seed), arguments.GetValue(threads));
            var finder = Made(terminal, folder, "finder", file => ModelFile.Save(
                FinderDisplay.Follow(terminal, (onRound, reading, progress) => FinderTraining.Run(
                    archive, new FinderRecipe { Rounds = arguments.GetValue(rounds), Seed = seedNumber, Threads = threadCount }, onRound, reading, progress, cancellation)),
                file));
            var found = Made(terminal, folder, "boxes", file => AtomicFile.WriteAllText(file, FindBoxes(terminal, archive, finder, cancellation)), ".csv");
            var chosen = FacePreset.Named(arguments.GetValue(preset)!);
            var first = chosen.SecondLook is null ? chosen : FacePreset.FirstLook;
            var look = new Looks(terminal, catalog, folder, archive with { Boxes = found }, seedNumber, threadCount);
            var reader = look.Train("reader", first with { Epochs = arguments.GetValue(epochs) ?? first.Epochs }, null, cancellation);
            IReadOnlyList<string> made = chosen.SecondLook is null
                ? [finder, reader]
                : [finder, reader, look.Train("second-look", chosen with { Epochs = arguments.GetValue(epochs) ?? chosen.Epochs }, reader, cancellation)];
            terminal.Results.MarkupLineInterpolated($"The models are {string.Join(", ", made.Select(file => $"{file} ({new FileInfo(file).Length / 1024} KiB)"))}.");
        }, CancellationToken.None));
        return command;
    }

    /// <summary>A file that a step makes, unless it is there.</summary>
    private static string Made(Terminal terminal, string folder, string name, Action<string> make, string ending = ModelFile.Extension)
    {
        var file = Path.Combine(folder, name + ending);
        if (File.Exists(file))
        {
            terminal.Progress.MarkupLineInterpolated($"[grey]{file} is there already; remove it to make it again.[/]");
        }
        else
        {
            make(file);
        }

        return file;
    }

    private static string FindBoxes(Terminal terminal, MtflData data, string finder, CancellationToken cancellation)
    {
        using var archive = MtflArchive.Open(data.Archive);
        using var found = FaceFinder.Load(finder);
        return DataLoading.Show(terminal.Progress, "Finding faces", progress => FoundBoxes.Text(archive, found, progress, cancellation));
    }

    /// <summary>The networks that read faces.</summary>
    private sealed record Looks(Terminal Terminal, Catalog Catalog, string Folder, MtflData Data, long Seed, int Threads)
    {
        /// <summary>Trains one, unless it is trained, and shows how it does on the test faces.</summary>
        /// <param name="name">Of its run and its file.</param>
        /// <param name="preset">How.</param>
        /// <param name="firstLook">The model that looks first; null if it does itself.</param>
        /// <param name="cancellation">Stops it.</param>
        /// <returns>Its model's file.</returns>
        public string Train(string name, FacePreset preset, string? firstLook, CancellationToken cancellation)
        {
            var run = new RunFolder(Path.Combine(Folder, name), Catalog);
            var plain = Recipe.For(Data);
            var planned = preset.Apply(plain.With(Catalog.Networks[Network], [.. plain.Auxiliary()]) with { Seed = Seed, Threads = Threads });
            planned = planned.Data is FacesRecipe { SecondLook: { } look } faces ? planned with { Data = faces with { SecondLook = look with { Model = firstLook } } } : planned;
            var recipe = run.HasEpochs ? run.LoadRecipe() : planned;
            if ((recipe.Seed, recipe.UsedThreads, recipe.Training.Epochs, FacePreset.Of(recipe).Name) != (Seed, planned.UsedThreads, preset.Epochs, preset.Name))
            {
                throw new CrossStitchException($"{run.FullPath}: holds a run of seed {recipe.Seed}, {recipe.UsedThreads} threads and {recipe.Training.Epochs} epochs, preset {FacePreset.Of(recipe).Name}; go on with those, or choose another folder with --out.");
            }

            // Whatever else it was begun with, such as another version's preset, the run itself refuses.
            var data = DataLoading.Show(Terminal.Progress, planned.Data, cancellation);
            var result = TrainingDisplay.Follow(Terminal, planned, (onEpoch, progress) => new TrainingRun(planned, data, run).Execute(onEpoch, progress, cancellation));
            if (result.Test is { } test)
            {
                new EvaluationDisplay(planned.Data).Show(Terminal.Results, test, null, "test");
            }

            var file = Path.Combine(Folder, name + ModelFile.Extension);
            RunExport.Save(run, file);
            return file;
        }
    }
}
