using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Faces.Synthetic;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch data synthesize</c>: drawn faces in the layout of MTFL.</summary>
internal static class DataSynthesizeCommand
{
    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("path") { Description = "Where to: a .zip file, or a folder." };
        var training = new Option<int>("--training") { Description = "Faces in training.txt.", DefaultValueFactory = _ => 2000, HelpName = "n" };
        var testing = new Option<int>("--testing") { Description = "Faces in testing.txt.", DefaultValueFactory = _ => 1000, HelpName = "n" };
        var seed = new Option<long>("--seed") { Description = "Which faces.", DefaultValueFactory = _ => 1, HelpName = "n" };
        var command = new CommandWithExamples("synthesize", "Draws faces with exact landmarks and attributes and writes them in the layout of MTFL, with their boxes in boxes.csv.")
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
            if (train < 0 || test < 0 || train + test == 0)
            {
                throw new CrossStitchException($"--training is {train} and --testing is {test}; draw at least one face.");
            }

            var boxes = FaceLoading.Show(terminal.Progress, "Drawing faces", progress =>
                DrawnArchive.Write(target, train, test, arguments.GetValue(seed), progress, cancellation));
            terminal.Results.MarkupLineInterpolated($"Wrote {train} training and {test} test faces to {target}, their boxes to {boxes}.");
        }, CancellationToken.None));
        return command;
    }
}
