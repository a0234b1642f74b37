using System.CommandLine;
using System.Globalization;
using CrossStitch.Cli.Display;
using CrossStitch.Cli.Options;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Runs;
using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using Spectre.Console;

namespace CrossStitch.Cli.Commands;

/// <summary><c>crossstitch export</c>: a finished run as a model for production.</summary>
internal static class ExportCommand
{
    private const string FileName = "model";

    public static Command Create(Terminal terminal, Catalog catalog)
    {
        var run = PathOption.Argument("run", "Folder of a finished run.");
        var output = PathOption.Create("--out", "file", $"The file to write. [default: RUN/{FileName}{ModelFile.Extension}]");
        var format = PathOption.Create("--format", Formats("|"), "As what, where the file's name does not say.");
        var command = new CommandWithExamples("export", "Saves the network of a finished run as one file: .xstitch, which CrossStitch.Kernels runs alone, or .onnx.")
        {
            Examples =
            [
                ("crossstitch export runs/mine --out faces.xstitch", "The model with its weights, the names of its classes and what it wants to be fed."),
                ("crossstitch export runs/mine --out faces.onnx", "The same for ONNX Runtime and whatever else reads ONNX."),
                ("crossstitch export runs/mine", $"To runs/mine/{FileName}{ModelFile.Extension}."),
            ],
        };
        command.Add(run);
        command.Add(output);
        command.Add(format);
        command.SetAction(arguments =>
        {
            var named = arguments.GetValue(output);
            var chosen = Choose(named, arguments.GetValue(format));
            var folder = RunFolder.OpenExisting(arguments.GetValue(run)!, catalog);
            var file = Path.GetFullPath(named ?? Path.Combine(folder.FullPath, FileName + RunExport.Extension(chosen)));
            Show(terminal, RunExport.Save(folder, file, chosen), file, chosen);
        });
        return command;
    }

    /// <summary>The format that a file's name and <c>--format</c> say.</summary>
    private static ExportFormat Choose(string? file, string? format)
    {
        var ending = file is null ? null : RunExport.FormatOf(file);
        if (format is null)
        {
            return file is null ? ExportFormat.Xstitch : ending ?? throw new CrossStitchException(
                Directory.Exists(file)
                    ? $"--out {file}: it is a folder; name a file in it, such as {Path.Combine(file, "faces.onnx")}."
                    : $"--out {file}: the name does not end in a format that exists: {Formats(", ", RunExport.Extension)}; end it so, or add --format {Formats("|")}.");
        }

        var asked = Enum.GetValues<ExportFormat>().Cast<ExportFormat?>().FirstOrDefault(value => EnumOption.Name(value!.Value) == format)
            ?? throw new CrossStitchException($"--format {format}: there is no such format; it is one of {Formats(", ")}.{NearestName.Question(format, Enum.GetValues<ExportFormat>().Select(EnumOption.Name))}");
        return ending is null || ending == asked ? asked : throw new CrossStitchException(
            $"--out {file} and --format {format} contradict each other; leave --format out, or end the name in {RunExport.Extension(asked)}.");
    }

    private static string Formats(string between, Func<ExportFormat, string>? name = null) =>
        string.Join(between, Enum.GetValues<ExportFormat>().Select(name ?? EnumOption.Name));

    private static void Show(Terminal terminal, NetworkModel model, string file, ExportFormat format)
    {
        var kilobytes = (new FileInfo(file).Length / 1024.0).ToString("N0", CultureInfo.InvariantCulture);
        terminal.Results.MarkupLineInterpolated($"{model.Metadata["recipe"]}: {string.Join(", ", model.Heads.Select(head => head.Name))}; {model.Parameters.ToString("N0", CultureInfo.InvariantCulture)} numbers, {kilobytes} KiB.");
        var (shape, name) = (model.Shape, format == ExportFormat.Onnx ? $"Input '{OnnxExport.Input}'" : "Input");
        terminal.Results.MarkupLineInterpolated($"{name}, float [[batch, {shape.InputChannels}, {shape.InputHeight}, {shape.InputWidth}]]: {InputWords.Of(model.Input)}.");
        terminal.Progress.MarkupLineInterpolated($"[grey]The model is in {file}.[/]");
    }
}
