using System.CommandLine;
using System.Text.Json;
using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Annotations;
using CrossStitch.Faces.Crops;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch evaluate</c>: a finished run on any faces.</summary>
internal static class EvaluateCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var run = new Argument<string>("run") { Description = "Folder of a finished run." };
        var split = EnumOption.Create("--split", "Which faces of the archive.", MtflSplit.Testing);
        var json = new Option<string?>("--json") { Description = "Also write everything that was measured to a JSON file.", HelpName = "file" };
        var data = new DataOptions();
        var command = new CommandWithExamples("evaluate", "Measures a finished run on faces: by landmark, by pose, by box source, attribute by attribute.")
        {
            Examples =
            [
                ("crossstitch evaluate runs/mine --data MTFL.zip --boxes boxes.csv", "On the test faces of an archive, also one that the run never saw."),
                ("crossstitch evaluate runs/mine", "On drawn test faces."),
            ],
        };
        command.Add(run);
        command.Add(split);
        command.Add(json);
        data.AddTo(command);
        command.SetAction((arguments, cancellation) => Task.Run(() =>
        {
            var folder = RunFolder.OpenExisting(arguments.GetValue(run)!);
            var faces = Load(console, data.Read(arguments), EnumOption.Read<MtflSplit>(arguments, split), cancellation);
            var evaluation = Evaluator.Evaluate(folder, faces, cancellation);
            EvaluationDisplay.Show(console, evaluation, "faces");
            if (arguments.GetValue(json) is { } file)
            {
                File.WriteAllText(file, JsonSerializer.Serialize(evaluation, RecipeFile.Json));
            }
        }, CancellationToken.None));
        return command;
    }

    private static FaceCropSet Load(IAnsiConsole console, DataRecipe data, MtflSplit split, CancellationToken cancellation)
    {
        if (data is not MtflData mtfl)
        {
            var drawn = FaceLoading.Show(console, data, cancellation);
            return split == MtflSplit.Testing ? drawn.Test! : drawn.Training;
        }

        return FaceLoading.Show(console, mtfl, split, cancellation).Faces;
    }
}
