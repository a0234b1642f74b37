using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Faces.Training.Synthetic;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch data synthesize</c>: drawn faces in the layout of MTFL.</summary>
internal static class DataSynthesizeCommand
{
    private const int MostFaces = 1_000_000;

    public static Command Create(Terminal terminal)
    {
        var path = PathOption.Argument("path", "Where to: a .zip file, or a folder.");
        var training = NumberOption.Whole("--training", "n", "Faces in training.txt.", 2000, 0, MostFaces);
        var testing = NumberOption.Whole("--testing", "n", "Faces in testing.txt.", 1000, 0, MostFaces);
        var seed = NumberOption.Seed("--seed", "Which faces.", 1);
        var command = new CommandWithExamples("synthesize", "Draws faces with exact landmarks and attributes and writes them in the layout of MTFL (pixels counted from 1, at their centres), with their boxes beside: boxes.csv in a folder, faces.boxes.csv next to faces.zip.")
        {
            Examples =
            [
                ("crossstitch data synthesize faces.zip", "2,000 training and 1,000 test faces."),
                ("crossstitch data synthesize faces --training 50 --testing 20 --seed 7", "Seventy other faces in a folder."),
            ],
        };
        command.Add(path);
        command.Add(training);
        command.Add(testing);
        command.Add(seed);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var target = arguments.GetValue(path)!;
            var (train, test) = (arguments.GetValue(training), arguments.GetValue(testing));
            if (train + test == 0)
            {
                throw new CrossStitchException("--training and --testing are both 0; draw at least one face.");
            }

            var boxes = DataLoading.Show(terminal.Progress, "Drawing faces", progress =>
                DrawnArchive.Write(target, train, test, arguments.GetValue(seed), progress, cancellation));
            terminal.Results.MarkupLineInterpolated($"Wrote {train} training and {test} test faces to {target}, their boxes to {boxes}.");
        }, CancellationToken.None));
        return command;
    }
}
