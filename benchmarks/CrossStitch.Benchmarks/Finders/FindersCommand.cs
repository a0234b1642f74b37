using System.CommandLine;
using CrossStitch.Benchmarks.Machines;
using CrossStitch.Faces;

namespace CrossStitch.Benchmarks.Finders;

/// <summary><c>finders</c>: our finder of faces and other ones on the same pictures.</summary>
internal static class FindersCommand
{
    private static readonly Option<string> Data = new("--data") { Description = "Archive in the layout of MTFL.", Required = true, HelpName = "archive" };
    private static readonly Option<string> Boxes = new("--boxes") { Description = "File with the archive's detected boxes.", Required = true, HelpName = "csv" };
    private static readonly Option<string> Pictures = new("--pictures") { Description = "Folder with the pictures that benchmarks/finders/pictures.csv names.", Required = true, HelpName = "folder" };
    private static readonly Option<string> Models = new("--models") { Description = "Folder with the rivals' models.", Required = true, HelpName = "folder" };
    private static readonly Option<string> Lists = new("--lists") { Description = "Folder with pictures.csv and faces.csv.", DefaultValueFactory = _ => Path.Combine("benchmarks", "finders"), HelpName = "folder" };
    private static readonly Option<string?> Finder = new("--finder") { Description = "Our finder's file. [default: the one of the package]", HelpName = "file" };
    private static readonly Option<string?> Only = new("--only") { Description = "Part of the names of those that take part. [default: all]", HelpName = "name" };
    private static readonly Option<string?> Markdown = new("--markdown") { Description = "Where the result goes as Markdown, such as benchmarks/finders.md. [default: the console alone]", HelpName = "file" };
    private static readonly Option<string?> Sheets = new("--sheets") { Description = "Folder for pictures of the surest false boxes and of missed faces. They show people: keep them out of the repository. [default: none]", HelpName = "folder" };
    private static readonly Option<string?> Cache = new("--cache") { Description = "Folder that keeps what the others found: they are not run again as long as the pictures are the same, but for their times. [default: none]", HelpName = "folder" };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Measurements of each finder's time; 0 for none.", DefaultValueFactory = _ => 11, HelpName = "n" };
    private static readonly Option<int> Every = new("--every") { Description = "Of so many pictures of the archive one is taken.", DefaultValueFactory = _ => 1, HelpName = "n" };

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The program's arguments, of which <c>finders</c> is the first.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var command = new Command("finders", "Measures what finders of faces find and how long they take: ours, BlazeFace in ONNX Runtime and OpenCV's Haar cascade.");
        foreach (var option in new Option[] { Data, Boxes, Pictures, Models, Lists, Finder, Only, Markdown, Sheets, Cache, Rounds, Every })
        {
            command.Add(option);
        }

        command.SetAction(Compare);
        return new RootCommand("CrossStitch's benchmarks.") { command }.Parse(arguments).Invoke();
    }

    private static int Compare(ParseResult parsed)
    {
        try
        {
            var options = Read(parsed);
            var machine = Machine.This();
            var text = FindersText.Of(options, machine, FinderComparison.Run(options, Console.Error.WriteLine));
            Console.Write(text);
            if (options.Markdown is not null)
            {
                File.WriteAllText(options.Markdown, text);
            }

            return 0;
        }
        catch (Exception error) when (error is CrossStitchException or FaceDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static FindersOptions Read(ParseResult parsed)
    {
        var options = new FindersOptions
        {
            Data = parsed.GetRequiredValue(Data),
            Boxes = parsed.GetRequiredValue(Boxes),
            Pictures = parsed.GetRequiredValue(Pictures),
            Models = parsed.GetRequiredValue(Models),
            Lists = parsed.GetRequiredValue(Lists),
            Finder = parsed.GetValue(Finder),
            Only = parsed.GetValue(Only),
            Markdown = parsed.GetValue(Markdown),
            Sheets = parsed.GetValue(Sheets),
            Cache = parsed.GetValue(Cache),
            Rounds = parsed.GetValue(Rounds),
            Every = parsed.GetValue(Every),
        };
        return options is { Rounds: >= 0, Every: >= 1 } ? options : throw new CrossStitchException("There are no fewer than 0 rounds, and of at least 1 picture one is taken.");
    }
}
