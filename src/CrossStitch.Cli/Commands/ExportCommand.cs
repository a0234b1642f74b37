using System.CommandLine;
using System.Globalization;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Runs;
using CrossStitch.Kernels.Models;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch export</c>: a finished run as a model for production.</summary>
internal static class ExportCommand
{
    private const string FileName = "model" + ModelFile.Extension;

    public static Command Create(Terminal terminal)
    {
        var run = PathOption.Argument("run", "Folder of a finished run.");
        var output = PathOption.Create("--out", "file", $"The file to write. [default: RUN/{FileName}]");
        var command = new CommandWithExamples("export", "Saves the network of a finished run as one small file that CrossStitch.Kernels runs without TorchSharp.")
        {
            Examples =
            [
                ("crossstitch export runs/mine --out faces.xstitch", "The model with its weights, the names of its classes and what it wants to be fed."),
                ("crossstitch export runs/mine", $"The same, to runs/mine/{FileName}."),
            ],
        };
        command.Add(run);
        command.Add(output);
        command.SetAction(arguments =>
        {
            var folder = RunFolder.OpenExisting(arguments.GetValue(run)!);
            var file = Path.GetFullPath(arguments.GetValue(output) ?? Path.Combine(folder.FullPath, FileName));
            var model = RunExport.Save(folder, file);
            var kilobytes = (new FileInfo(file).Length / 1024.0).ToString("N0", CultureInfo.InvariantCulture);
            terminal.Results.MarkupLineInterpolated($"{model.Metadata["recipe"]}: {string.Join(", ", model.Heads.Select(head => head.Name))}; {model.Parameters.ToString("N0", CultureInfo.InvariantCulture)} numbers, {kilobytes} KiB.");
            terminal.Progress.MarkupLineInterpolated($"[grey]The model is in {file}.[/]");
        });
        return command;
    }
}
