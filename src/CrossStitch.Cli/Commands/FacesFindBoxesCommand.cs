using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Errors;
using CrossStitch.Cli.Options;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch faces find-boxes</c>: the boxes that a finder finds in an archive, as a box file.</summary>
internal static class FacesFindBoxesCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = PathOption.Create("--data", "path", "The archive, in the layout of MTFL: a .zip file or a folder.");
        var finder = PathOption.Create("--finder", "file", "A finder's model, as train-finder leaves it. [default: the one that comes with the program]");
        var output = PathOption.Create("--out", "file", "The box file to write.", "boxes.csv");
        var command = new CommandWithExamples("find-boxes", "Finds the faces in an archive's pictures and writes their boxes, a CSV file for --boxes.")
        {
            Examples =
            [
                ("crossstitch faces find-boxes --data MTFL.zip", "To boxes.csv."),
                ("crossstitch faces find-boxes --data MTFL.zip --finder mine.xstitch --out mine.csv", "With a finder of your own."),
            ],
        };
        command.Add(data);
        command.Add(finder);
        command.Add(output);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var file = Path.GetFullPath(arguments.GetValue(output)!);
            OutputPlace.RequireFile(file);
            using var archive = MtflArchive.Open(arguments.GetValue(data) ?? throw new CrossStitchException("--data is missing: name the archive whose pictures to search."));
            using var found = arguments.GetValue(finder) is { } path ? FaceFinder.Load(path) : FaceFinder.LoadDefault();
            AtomicFile.WriteAllText(file, DataLoading.Show(terminal.Progress, "Finding faces", progress => FoundBoxes.Text(archive, found, progress, cancellation)));
            var boxes = BoxFile.Read(file);
            terminal.Results.MarkupLineInterpolated($"{boxes.Count} boxes in {boxes.Images} pictures are in {file}.");
        }, CancellationToken.None));
        return command;
    }
}
