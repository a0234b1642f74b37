using System.CommandLine;
using System.Globalization;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using CrossStitch.Cli.Options;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Finding;
using CrossStitch.Kernels.Models;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch faces train-finder</c>: a network that finds faces in photos.</summary>
internal static class FacesTrainFinderCommand
{
    public static Command Create(Terminal terminal)
    {
        var defaults = new FinderRecipe();
        var data = PathOption.Create("--data", "path", "The MTFL archive, as downloaded (.zip) or unpacked (a folder); its training photos alone are used.");
        var boxes = PathOption.Create("--boxes", "file", "Boxes of the faces that are to be found, a CSV file: image,x1,y1,x2,y2,score. Without it, boxes are derived from the landmarks.");
        var skip = new Option<bool>("--skip-invalid") { Description = "Leave faces with an error out, instead of stopping at the first." };
        var output = PathOption.Create("--out", "file", "The file to write.", $"finder{ModelFile.Extension}");
        var rounds = NumberOption.Whole("--rounds", "n", "How often to train; between rounds the photos are searched for what is still taken for a face.", defaults.Rounds, 1, 20);
        var epochs = NumberOption.Whole("--epochs", "n", "Passes over the examples of each round.", defaults.Epochs, 1, 1000);
        var seed = NumberOption.Seed("--seed", "Seed of everything random.", 1);
        var threads = NumberOption.Whole("--threads", "n", "Threads to train with; the bits depend on them.", defaults.Threads, 1, 1024);
        var command = new CommandWithExamples("train-finder", "Trains a small network that finds faces in photos: is there a face, its box, its five points.")
        {
            Examples =
            [
                ("crossstitch faces train-finder --data MTFL.zip --boxes boxes.csv", $"To finder{ModelFile.Extension}, some minutes on two cores."),
                ("crossstitch faces train-finder --data MTFL.zip --boxes boxes.csv --rounds 1 --epochs 2 --out quick.xstitch", "A quick and worse one."),
            ],
        };
        foreach (var option in new Option[] { data, boxes, skip, output, rounds, epochs, seed, threads })
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var archive = arguments.GetValue(data) ?? throw new CrossStitchException("--data is missing: name the MTFL archive whose training photos to use.");
            var file = Path.GetFullPath(arguments.GetValue(output)!);
            OutputPlace.RequireFile(file);
            var recipe = defaults with
            {
                Rounds = arguments.GetValue(rounds),
                Epochs = arguments.GetValue(epochs),
                Seed = arguments.GetValue(seed),
                Threads = arguments.GetValue(threads),
            };
            var model = FinderDisplay.Follow(terminal, (onRound, reading, progress) =>
                FinderTraining.Run(new MtflData(archive, arguments.GetValue(boxes), arguments.GetValue(skip)), recipe, onRound, reading, progress, cancellation));
            ModelFile.Save(model, file);
            terminal.Results.MarkupLineInterpolated($"The finder is in {file}: {model.Parameters.ToString("N0", CultureInfo.InvariantCulture)} numbers, {new FileInfo(file).Length / 1024} KiB.");
        }, CancellationToken.None));
        return command;
    }
}
