using System.Globalization;
using CrossStitch.Experiments.Studies;
using CrossStitch.Export;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Experiments.Runs;

/// <summary>Finished runs as models for production.</summary>
public static class RunExport
{
    /// <summary>
    /// Saves the network that a run ended with, with what its data source says of inputs and outputs. The same run gives the
    /// same bytes; where its examples lay is left out. The file is written whole or not at all.
    /// </summary>
    /// <param name="folder">The run.</param>
    /// <param name="path">Where to; folders that are not there are made, a file that is there is replaced.</param>
    /// <param name="format">As what, whatever the path's ending.</param>
    /// <returns>What was saved.</returns>
    /// <exception cref="CrossStitchException">The run has not ended, its files are damaged, or the file cannot be written.</exception>
    public static NetworkModel Save(RunFolder folder, string path, ExportFormat format = ExportFormat.Xstitch)
    {
        var output = new OutputFile(path);
        var network = FinishedRun.LoadNetwork(folder, out var recipe);
        var options = recipe.Data.Export();
        var model = ModelExport.ToModel(network, options with
        {
            Metadata = new Dictionary<string, string>(options.Metadata)
            {
                ["producer"] = $"CrossStitch {recipe.Versions.GetValueOrDefault("crossStitch")}",
                ["network"] = recipe.Network,
                ["recipe"] = Variant.Of(recipe, folder.Catalog.Networks[recipe.Network], recipe.Auxiliary()).Name,
                ["seed"] = recipe.Seed.ToString(CultureInfo.InvariantCulture),
                ["epochs"] = folder.LoadResult().KeptEpoch.ToString(CultureInfo.InvariantCulture),
                ["data"] = recipe.Versions.GetValueOrDefault("data") ?? "",
            },
        });
        output.Finish(format == ExportFormat.Onnx ? OnnxExport.ToBytes(model) : ModelExport.ToBytes(model));
        return model;
    }

    /// <summary>How the name of a file of a format ends, with its dot.</summary>
    /// <param name="format">The format.</param>
    public static string Extension(ExportFormat format) => format == ExportFormat.Onnx ? OnnxExport.Extension : ModelFile.Extension;

    /// <summary>The format that a file's name ends in; null if in none that exists.</summary>
    /// <param name="path">The file.</param>
    public static ExportFormat? FormatOf(string path) =>
        Enum.GetValues<ExportFormat>().Cast<ExportFormat?>().FirstOrDefault(format => path.EndsWith(Extension(format!.Value), StringComparison.OrdinalIgnoreCase));
}
