using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Cli.Photos;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch analyze</c>: the faces of photos.</summary>
internal static class AnalyzeCommand
{
    private const int MostThreads = 256;
    private const int LargestSmallest = 10_000;

    public static Command Create(Terminal terminal)
    {
        var photos = PathOption.Arguments("photo", $"Photos: files, folders with all that is in them, patterns such as 'party/*.jpg' or 'album/**', or - for standard input.");
        var single = new Option<bool>("--single") { Description = "Each photo shows one face, such as a portrait: it is looked for harder and read more exactly. A score of 0: read from the middle of the photo, not from a find." };
        var draw = PathOption.Create("--draw", "folder", "Also draw what was found on each photo, as a JPEG in this folder.");
        var json = new Option<bool>("--json") { Description = "Print a JSON object a photo, on one line." };
        var csv = new Option<bool>("--csv") { Description = "Print comma-separated rows, one a face." };
        var finder = PathOption.Create("--finder", "file", "The network that finds faces, as faces train-finder leaves it. [default: the one that comes with the program]");
        var model = PathOption.Create("--model", "file", "The network that reads them, an .xstitch file as export saves it. [default: the one that comes with the program]");
        var secondLook = PathOption.Create("--second-look", "file", "The network that looks at every face again, as --preset best trains it. [default: the one that comes with the program; none beside a --model]");
        var smallest = NumberOption.Whole("--smallest", "pixels", "Side of the smallest face to look for. Half as small takes four times as long.", (int)new FinderOptions().SmallestFace, (int)FinderOptions.LeastSide, LargestSmallest);
        var threads = NumberOption.Whole("--threads", "n", "Photos that are worked on at the same time; very large ones wait for each other.", Math.Min(Environment.ProcessorCount, MostThreads), 1, MostThreads);
        var command = new CommandWithExamples("analyze", "Finds the faces of photos and reads each: five points, pose, gender, glasses and smile.")
        {
            Examples =
            [
                ("crossstitch analyze photo.jpg", "A line a face: its box in pixels, and what the network says of it."),
                ("crossstitch analyze album/ --json > faces.jsonl", "Every photo of a folder and of those in it, an object a photo."),
                ("crossstitch analyze 'album/**/*.jpg' --draw found", "And pictures of what was found, in the folder found."),
                ("crossstitch analyze portraits/ --single --csv > faces.csv", "Photos of one face each: a row a photo."),
            ],
        };
        command.Add(photos);
        command.Add(single);
        command.Add(draw);
        command.Add(json);
        command.Add(csv);
        command.Add(finder);
        command.Add(model);
        command.Add(secondLook);
        command.Add(smallest);
        command.Add(threads);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            if (arguments.GetValue(json) && arguments.GetValue(csv))
            {
                throw new CrossStitchException("--json does not go with --csv: choose one.");
            }

            var words = arguments.GetValue(photos)!;
            if (words.Count(word => word == PhotoSource.StandardInput) > 1)
            {
                throw new CrossStitchException("- stands for standard input, which can be read once.");
            }

            using var reader = FaceReader.Load(arguments.GetValue(finder), arguments.GetValue(model), secondLookFile: arguments.GetValue(secondLook));
            var folder = arguments.GetValue(draw);
            var sources = PhotoList.Of(words, folder);
            var reading = new PhotoReading(
                reader,
                new FinderOptions { SmallestFace = arguments.GetValue(smallest) },
                arguments.GetValue(single),
                terminal.Input,
                folder is null ? null : new DrawnPictures(folder, sources),
                arguments.GetValue(threads),
                new PhotoMemory());
            IFaceFormat format = arguments.GetValue(json) ? new FaceJson() : arguments.GetValue(csv) ? new FaceCsv() : new FaceTable();
            return Print(terminal, format, reading.Read(sources, cancellation), sources.Count);
        }, CancellationToken.None));
        return command;
    }

    /// <returns>The exit code.</returns>
    private static int Print(Terminal terminal, IFaceFormat format, IEnumerable<PhotoOutcome> outcomes, int count)
    {
        var output = terminal.Results.Profile.Out.Writer;
        var (done, failed, without) = (0, 0, 0);
        var head = format.Head;

        // In a terminal, results come after the bar, which would be drawn over them.
        var held = terminal.Results.Profile.Capabilities.Interactive ? new List<string>() : null;
        Action<string> write = held is null ? output.WriteLine : held.Add;
        try
        {
            using var bars = new Bars(terminal.Progress);
            var bar = bars.Add("Reading photos");
            bar.Report(0, count);
            foreach (var (photo, problem) in outcomes)
            {
                if (photo is null)
                {
                    failed++;
                    bars.Write($"error: {problem}", new Style(Color.Red));
                }
                else
                {
                    without += photo.Faces.Count == 0 ? 1 : 0;
                    foreach (var line in head is null ? format.Lines(photo) : format.Lines(photo).Prepend(head))
                    {
                        write(line);
                    }

                    head = null;
                }

                bar.Report(++done, count);
            }

            if (!format.ListsEveryPhoto && without > 0)
            {
                bars.Write($"note: {without} photo{(without == 1 ? "" : "s")} without a face that was found, so without a row.", Style.Plain);
            }
        }
        finally
        {
            held?.ForEach(output.WriteLine);
            output.Flush();
        }

        return failed == 0 ? 0 : 1;
    }
}
