using System.CommandLine;
using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch compare</c>: the main job.</summary>
internal static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var networks = new Option<string>("--networks")
        {
            Description = "Which networks, joined by commas: " + string.Join(", ", Enum.GetValues<NetworkKind>().Select(NetworkBuilder.Name)) + ".",
            DefaultValueFactory = _ => "all",
            HelpName = "names",
        };
        var auxiliary = new Option<string>("--auxiliary")
        {
            Description = "Which auxiliary tasks help the landmarks: all, each (the paper's five sets), or names joined by commas: pose, gender, glasses, smile.",
            DefaultValueFactory = _ => "all",
            HelpName = "tasks",
        };
        var seeds = new Option<int>("--seeds") { Description = "How many seeds each network is trained with: 1, 2, ...", DefaultValueFactory = _ => 1, HelpName = "n" };
        var output = new Option<string?>("--out") { Description = "Folder of the comparison. [default: runs/compare-… named for what is compared]", HelpName = "folder" };
        var fresh = new Option<bool>("--fresh") { Description = "Delete what the folder holds of an earlier comparison and start over." };
        var data = new DataOptions();
        var training = new TrainingOptionSet();
        var command = new CommandWithExamples("compare", "Trains the paper's networks on faces and prints who wins. Stopped and started again, it goes on where it was.")
        {
            Examples =
            [
                ("crossstitch compare", "All five networks on drawn faces: no download, a few minutes."),
                ("crossstitch compare --data MTFL.zip --boxes boxes.csv --epochs 30", "The same on MTFL."),
                ("crossstitch compare --networks single,cross-stitch --auxiliary each --seeds 3", "Two networks, the paper's five auxiliary sets, three seeds."),
            ],
        };
        command.Add(networks);
        command.Add(auxiliary);
        command.Add(seeds);
        command.Add(output);
        command.Add(fresh);
        data.AddTo(command);
        training.AddTo(command);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var recipe = training.Read(arguments, data.Read(arguments));
            var plan = new ComparisonPlan(
                recipe,
                ParseNetworks(arguments.GetValue(networks)!),
                AuxiliarySet.Parse(arguments.GetValue(auxiliary)!),
                ParseSeeds(arguments.GetValue(seeds)));
            var folder = arguments.GetValue(output) ?? Path.Combine("runs", $"compare-{plan.Fingerprint()}");
            return Run(terminal, plan, folder, arguments.GetValue(fresh), cancellation);
        }, CancellationToken.None));
        return command;
    }

    private static int Run(Terminal terminal, ComparisonPlan plan, string folder, bool fresh, CancellationToken cancellation)
    {
        if (fresh)
        {
            ComparisonFolder.Delete(folder);
        }

        var faces = FaceLoading.Show(terminal.Progress, plan.Base.Data, cancellation);
        var outcome = ComparisonDisplay.Follow(terminal.Progress, plan.Runs(), progress =>
            new ComparisonRunner(plan, faces, folder).Run(progress, cancellation));
        ComparisonFolder.Write(folder, outcome.Rows);
        ComparisonDisplay.Show(terminal.Results, outcome);
        terminal.Progress.MarkupLineInterpolated($"[grey]Runs, results.md and results.json are in {folder}.[/]");
        return outcome.Failures.Count == 0 ? 0 : 1;
    }

    private static IReadOnlyList<NetworkKind> ParseNetworks(string text)
    {
        var known = Enum.GetValues<NetworkKind>();
        if (text.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            return known;
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.FirstOrDefault(name => !known.Any(kind => NetworkBuilder.Name(kind) == name));
        return unknown is null && names.Length > 0
            ? [.. known.Where(kind => names.Contains(NetworkBuilder.Name(kind)))]
            : throw new CrossStitchException($"'{unknown ?? text}' is not a network; there are {string.Join(", ", known.Select(NetworkBuilder.Name))}.");
    }

    private static IReadOnlyList<long> ParseSeeds(int count) =>
        count >= 1 ? [.. Enumerable.Range(1, count).Select(seed => (long)seed)] : throw new CrossStitchException($"--seeds is {count}; train with at least one.");
}
