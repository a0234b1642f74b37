using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using CrossStitch.Cli;
using CrossStitch.Cli.Errors;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Paper;
using CrossStitch.Fuzz.Inputs;
using Spectre.Console;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Command lines, a word a line, and the lists of names that options take. Nothing is carried out.</summary>
internal sealed class CommandLineTarget : FuzzTarget
{
    private const string Words = "words";

    private static readonly string[] Samples =
    [
        "train\n--network\nsplit\n--faces\n20\n--epochs\n3\n--seed\n-7\n--out\nrun", "compare\n--networks\nall\n--auxiliary\neach\n--seeds\n3\n--learning-rate\n0.01\n--batch-size\n16", "reproduce\n--seeds\n1\n--questions\ntwo-towers,penalty\n--parallel\n2\n--fresh",
        "evaluate\nruns/mine\n--split\ntraining\n--json\nx.json", "export\nrun\n--out\nx.onnx", "report\nstudy", "data\ninspect\nMTFL.zip\n--boxes\nb.csv\n--all-problems", "data\nsynthesize\nx.zip\n--training\n5", "--help", "train\n--recipe\nr.json\n--resume\nrun",
    ];

    private readonly Catalog _catalog = CommandCatalog.Create();
    private readonly IReadOnlyList<string> _auxiliary = Recipe.For(new DrawnData(1, 1)).Auxiliary();
    private readonly Command _command;

    /// <summary>Makes the commands.</summary>
    public CommandLineTarget() => _command = CommandLine.Root(new Terminal(Silent(), Silent()), _catalog);

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds() =>
    [
        .. Samples.Select(words => new FuzzInput(Words, InputForm.Lines, Encoding.UTF8.GetBytes(words))),
        new("auxiliary", InputForm.Lines, "pose,gender+smile"u8.ToArray()),
        new("questions", InputForm.Lines, "two-towers,stitch-rate"u8.ToArray()),
        new("networks", InputForm.Lines, "single,cross-stitch"u8.ToArray()),
    ];

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        var text = Encoding.UTF8.GetString(input.Bytes);
        switch (input.Name)
        {
            case Words:
                var parsed = _command.Parse(text.Split('\n'), CommandLine.Parsing);
                if (parsed.Action is ParseErrorAction && !ParseErrors.OnlyCommandMissing(parsed))
                {
                    throw new CrossStitchException(ParseErrors.Describe(parsed));
                }

                break;
            case "auxiliary":
                AuxiliarySet.Parse(text, _auxiliary);
                break;
            case "questions":
                OpenQuestion.Parse(text);
                break;
            default:
                NetworkNames.Parse(text, _catalog);
                break;
        }
    }

    private static IAnsiConsole Silent() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
}
