using System.CommandLine;
using System.Text.Json;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Measures;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch faces measure</c>: how well the models read the photos of an archive, by three protocols.</summary>
internal static class FacesMeasureCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = PathOption.Create("--data", "path", "The archive, in the layout of MTFL: a .zip file or a folder. Its test faces are read.");
        var boxes = PathOption.Create("--boxes", "file", "A detector's boxes, a CSV file. [default: those that --finder finds]");
        var finder = PathOption.Create("--finder", "file", "The network that finds faces. [default: the one that comes with the program]");
        var model = PathOption.Create("--model", "file", "The network that reads them, an .xstitch file as export saves it. [default: the one that comes with the program]");
        var secondLook = PathOption.Create("--second-look", "file", "The network that looks at every face again. [default: the one that comes with the program; none beside a --model]");
        var json = new Option<bool>("--json") { Description = "Print everything as JSON." };
        var command = new CommandWithExamples("measure", "Measures the models on the photos of an archive: points and attributes, with boxes of a detector, from the true points, and from the whole picture alone.")
        {
            Examples =
            [
                ("crossstitch faces measure --data MTFL.zip", "The models in the program on MTFL's test faces."),
                ("crossstitch faces measure --data MTFL.zip --boxes boxes.csv --model models/reader.xstitch --second-look models/second-look.xstitch", "Models of your own, and another detector's boxes."),
            ],
        };
        foreach (var option in new Option[] { data, boxes, finder, model, secondLook, json })
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            using var archive = MtflArchive.Open(arguments.GetValue(data) ?? throw new CrossStitchException("--data is missing: name the archive whose test faces to read."));
            using var found = arguments.GetValue(finder) is { } path ? FaceFinder.Load(path) : FaceFinder.LoadDefault();
            using var reader = FaceReader.Load(arguments.GetValue(finder), arguments.GetValue(model), secondLookFile: arguments.GetValue(secondLook));
            var detected = arguments.GetValue(boxes) is { } file
                ? BoxFile.Read(file)
                : DataLoading.Show(terminal.Progress, "Finding faces", progress => FoundBoxes.Of(archive, [MtflSplit.Testing], found, progress, cancellation));
            var (measures, problems) = DataLoading.Show(terminal.Progress, "Reading faces", progress => ReaderMeasures.Of(archive, MtflSplit.Testing, reader, detected, progress, cancellation));
            if (problems.Count > 0)
            {
                terminal.Progress.MarkupLineInterpolated($"[yellow]{problems.Count} {(problems.Count == 1 ? "face" : "faces")} could not be read, the first: {problems[0]}[/]");
            }

            if (arguments.GetValue(json))
            {
                terminal.Results.WriteLine(JsonSerializer.Serialize(measures, ReaderMeasureDisplay.Json));
            }
            else
            {
                ReaderMeasureDisplay.Show(terminal.Results, measures, arguments.GetValue(boxes) is null ? "the finder's" : "a detector's");
            }
        }, CancellationToken.None));
        return command;
    }
}
