using System.CommandLine;
using CrossStitch.Fuzz.Runs;
using CrossStitch.Fuzz.Targets;

namespace CrossStitch.Fuzz;

/// <summary>The command line of the program.</summary>
internal static class FuzzCommand
{
    private const string Examples = """
        Gives changed files, folders and command lines to every reader, and finds what they must not do: raise what is not documented, accept what is promised to be refused, take over 5 seconds or 512 MB, or end the process.

        Examples (behind dotnet run -c Release --project tests/CrossStitch.Fuzz --):
          --seconds 60 --seed 1                    Every reader, a minute in all; the same inputs each time.
          --target model --target archive --seconds 600 --seed 7
          --corpus mine                            With seeds of your own: mine/TARGET/PART/any-file.
          --replay 'findings/archive~1~4711~zip'       One input again.
          --self-test                              Whether faults are found that are there.
        """;

    private static readonly Option<double> Seconds = new("--seconds") { Description = "For how long in all.", DefaultValueFactory = _ => 60, HelpName = "s" };
    private static readonly Option<long> Seed = new("--seed") { Description = "Which inputs.", DefaultValueFactory = _ => 1, HelpName = "n" };
    private static readonly Option<string[]> Target = new("--target") { Description = "Which reader; may be given again. [default: all]", HelpName = "name", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> CorpusFolder = new("--corpus") { Description = "Folder of more seeds.", HelpName = "folder" };
    private static readonly Option<int> Jobs = new("--jobs") { Description = "How many readers at once.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "k" };
    private static readonly Option<string> Findings = new("--findings") { Description = "Folder for inputs that find something.", DefaultValueFactory = _ => "findings", HelpName = "folder" };
    private static readonly Option<bool> List = new("--list") { Description = "List the readers." };
    private static readonly Option<string?> ReplayFile = new("--replay") { Description = "Try one input of a file again.", HelpName = "file" };
    private static readonly Option<bool> TestItself = new("--self-test") { Description = "Plant faults and see that they are found." };

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>1 if something was found, or cannot be done.</returns>
    public static int Run(string[] arguments)
    {
        var command = new RootCommand(Examples);
        foreach (var option in new Option[] { Seconds, Seed, Target, CorpusFolder, Jobs, Findings, List, ReplayFile, TestItself })
        {
            command.Add(option);
        }

        command.SetAction(Act);
        return command.Parse(arguments).Invoke();
    }

    private static int Act(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(List) ? ListTargets()
                : parsed.GetValue(ReplayFile) is { } file ? Replay.Run(file)
                : parsed.GetValue(TestItself) ? SelfTest.Run(Console.Out)
                : Fuzz(parsed);
        }
        catch (CrossStitchException error)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return 1;
        }
    }

    private static int ListTargets()
    {
        foreach (var target in TargetCatalog.All)
        {
            Console.WriteLine($"{target.Name,-16} {target.Reads}");
        }

        return 0;
    }

    private static int Fuzz(ParseResult parsed)
    {
        IReadOnlyList<string> targets = parsed.GetValue(Target) is { Length: > 0 } named ? [.. named.Select(name => TargetCatalog.Find(name).Name).Distinct()] : [.. TargetCatalog.All.Select(target => target.Name)];
        var options = new FuzzOptions(targets, parsed.GetValue(Seconds), parsed.GetValue(Seed), parsed.GetValue(Jobs), parsed.GetValue(Findings)!, parsed.GetValue(CorpusFolder));
        if (options.Jobs < 1 || !(options.Seconds > 0) || (options.Corpus is { } corpus && !Directory.Exists(corpus)))
        {
            throw new CrossStitchException("There is at least 1 job and some time, and the corpus is a folder that is there.");
        }

        var results = new FuzzRun(options).Execute((target, tally) => Console.Error.WriteLine($"{target}: {tally.Inputs} inputs, {tally.Found.Count} kinds of findings"));
        Console.Write(ResultTable.Of(results));
        return results.Any(result => result.Tally.Found.Count > 0) ? 1 : 0;
    }
}
