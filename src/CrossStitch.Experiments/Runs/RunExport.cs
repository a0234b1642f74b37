using System.Globalization;
using System.Text.Json;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Export;
using CrossStitch.Faces.Annotations;
using CrossStitch.Faces.Crops;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Experiments.Runs;

/// <summary>Finished runs as models for production.</summary>
public static class RunExport
{
    /// <summary>
    /// Saves the network that a run ended with as a <c>.xstitch</c> file, with the names of its classes and what it wants
    /// to be fed. The same run gives the same bytes; where its faces lay is not told.
    /// </summary>
    /// <param name="folder">The run.</param>
    /// <param name="path">Where to; folders that are not there are made, a file that is there is replaced.</param>
    /// <returns>What was saved.</returns>
    /// <exception cref="CrossStitchException">The run has not ended, its files are damaged, or the file cannot be written.</exception>
    public static NetworkModel Save(RunFolder folder, string path)
    {
        using var network = FinishedRun.LoadNetwork(folder, out var recipe);
        var options = new ModelExportOptions
        {
            Input = new InputFormat { Channels = ["gray"], High = byte.MaxValue, Standardized = true, MinimumDeviation = CropPixels.FlatDeviation },
            Labels = Labels(),
            Metadata = Metadata(recipe, folder.LoadResult()),
        };
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: the model cannot be written: {error.Message}", error);
        }

        return ModelExport.Save(network, path, options);
    }

    private static Dictionary<string, IReadOnlyList<string>> Labels()
    {
        var labels = FaceTasks.AllAuxiliary.ToDictionary(FaceTasks.Name, FaceTasks.ClassNames);
        var points = Enum.GetNames<Landmark>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName).ToList();
        labels[FaceTasks.Landmarks] = [.. points.Select(point => $"{point}-x"), .. points.Select(point => $"{point}-y")];
        return labels;
    }

    private static Dictionary<string, string> Metadata(Recipe recipe, RunResult result) => new()
    {
        ["producer"] = $"CrossStitch {recipe.Versions.GetValueOrDefault("crossStitch")}",
        ["network"] = NetworkBuilder.Name(recipe.Network),
        ["recipe"] = recipe.Network == NetworkKind.Single ? "single" : $"{NetworkBuilder.Name(recipe.Network)}-{new AuxiliarySet(recipe.Auxiliary).Name}",
        ["seed"] = recipe.Seed.ToString(CultureInfo.InvariantCulture),
        ["epochs"] = result.KeptEpoch.ToString(CultureInfo.InvariantCulture),
        ["faces"] = recipe.Versions.GetValueOrDefault("faces") ?? "",
        ["input"] = "the square box of a face, scaled to the input's size",
        [FaceTasks.Landmarks] = "x to the right and y downwards from the box's upper left corner, in widths of the box",
    };
}
