using System.Globalization;
using CrossStitch.Cli.Options;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Cli.Display;

/// <summary>What a model wants to be fed, in words, from what its file says of it.</summary>
internal static class InputWords
{
    public static string Of(InputFormat input)
    {
        var crop = input.Crop is { } from ? $"{Region(from)}, resampling {EnumOption.Name(from.Resampling)}, edges {EnumOption.Name(from.Edges)}), " : "";
        var scaled = (input.Scale, input.Offset) == (1, 0) ? "" : Text($", times {input.Scale} plus {input.Offset}");
        return Text($"{crop}{string.Join(", ", input.Channels.DefaultIfEmpty("values"))} from {input.Low} to {input.High}{scaled}{(input.Standardized ? ", shifted and scaled to mean 0 and variance 1" : "")}{(input.MirrorAveraged ? "; measured by the mean with its mirror image" : "")}");
    }

    /// <summary>What is cut out of a picture; the parenthesis stays open.</summary>
    private static string Region(CropFormat from) =>
        from.Points is { } points ? Text($"a square of a picture, turned upright by the {points.Count / 2} points that a first look found (for --second-look, beside the model of the first")
        : from.Margin < 0 ? Text($"the {from.Region} of a picture (its middle {100 + (200 * from.Margin):0.##} %")
        : Text($"the {from.Region} of a picture (margin {100 * from.Margin:0.##} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
