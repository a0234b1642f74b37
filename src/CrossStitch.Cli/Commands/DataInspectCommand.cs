using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Data;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch data inspect</c>: what is in an archive, and what is wrong with it.</summary>
internal static class DataInspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var path = PathOption.Argument("path", "An archive in the layout of MTFL: a .zip file or a folder. Its coordinates count pixels from 1, at their centres.");
        var all = new Option<bool>("--all-problems") { Description = "List every problem, not only the first twenty of each split." };
        var boxes = PathOption.Create("--boxes", "file", $"Also hold face boxes against it: a detector's, a CSV file (image,x1,y1,x2,y2,score); or {MtflData.FoundBoxes}: the finder in the program finds them. [default: {MtflData.LandmarkBoxes}, which always fit]");
        var command = new CommandWithExamples("inspect", "Reads every line and decodes every picture of an archive; prints counts, balance, statistics and all that is wrong.")
        {
            Examples = [("crossstitch data inspect MTFL.zip", "Everything about MTFL as downloaded. Exits with 1 if a face is invalid."), ("crossstitch data inspect MTFL.zip --boxes boxes.csv", "And whether the boxes fit it.")],
        };
        command.Add(path);
        command.Add(all);
        command.Add(boxes);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            using var archive = MtflArchive.Open(arguments.GetValue(path)!);
            var detected = arguments.GetValue(boxes) switch
            {
                null or MtflData.LandmarkBoxes => null,
                MtflData.FoundBoxes => DataLoading.Show(terminal.Progress, "Finding faces", progress => FoundBoxes.Packaged(archive, Enum.GetValues<MtflSplit>(), progress, cancellation)),
                var file => BoxFile.Read(file),
            };
            var inspection = DataLoading.Show(terminal.Progress, "Inspecting", progress => ArchiveInspection.Of(archive, detected, progress, cancellation));
            InspectionDisplay.Show(terminal.Results, inspection, arguments.GetValue(all) ? int.MaxValue : 20);
            if (detected is not null)
            {
                terminal.Results.WriteLine($"{detected.Name}: {detected.Count} {(detected.Count == 1 ? "box" : "boxes")} on {detected.Images} {(detected.Images == 1 ? "picture" : "pictures")}.");
            }

            return inspection.Splits.Any(split => split.Problems.Count > 0) ? 1 : 0;
        }, CancellationToken.None));
        return command;
    }
}
