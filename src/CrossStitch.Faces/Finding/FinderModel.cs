using System.Globalization;
using CrossStitch.Faces.Crops;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Finding;

/// <summary>What makes a network a finder.</summary>
internal static class FinderModel
{
    /// <summary>How many numbers the box head gives.</summary>
    public const int BoxNumbers = 3;

    private const int LeastWindow = 12;
    private const int MostWindow = 128;
    private const int LeastPools = 1;
    private const int MostPools = 5;
    private const float MostMargin = 1;

    /// <summary>The side of the box that a face of the size in the middle has in the network's input, in pixels of it.</summary>
    /// <param name="model">A finder.</param>
    public static float NominalSide(NetworkModel model) => model.Shape.InputWidth / (1 + (2 * model.Input.Crop!.Margin));

    /// <summary>A threshold that its file says.</summary>
    /// <param name="model">A finder.</param>
    /// <param name="key">Which.</param>
    public static float Threshold(NetworkModel model, string key) => float.Parse(model.Metadata[key], CultureInfo.InvariantCulture);

    /// <summary>Checks that a network is one.</summary>
    /// <param name="model">The network.</param>
    /// <exception cref="FaceDataException">It is none; the message says why.</exception>
    public static void Check(NetworkModel model)
    {
        Head(model, FaceFinder.FaceHead, HeadKind.Classification, 2);
        Head(model, FaceFinder.BoxHead, HeadKind.Regression, BoxNumbers);
        Head(model, FaceFinder.LandmarksHead, HeadKind.Regression, FaceLandmarks.Numbers);
        Require(
            model.Shape.InputChannels == 1 && model.Shape.InputHeight == model.Shape.InputWidth,
            $"its input has {model.Shape.InputChannels} channels of {model.Shape.InputHeight}×{model.Shape.InputWidth}, not one square of gray levels");
        Require(model.Shape.InputWidth is >= LeastWindow and <= MostWindow, $"its input is {model.Shape.InputWidth} pixels wide, not {LeastWindow} to {MostWindow}");
        Require(
            model.Shape.Stages.Count(stage => stage.Pool) is >= LeastPools and <= MostPools,
            $"{model.Shape.Stages.Count(stage => stage.Pool)} of its stages are pooled, not {LeastPools} to {MostPools}: it would look at more places, or at fewer, than a search makes sense with");
        var region = CropPixels.Format.Crop!.Region;
        Require(model.Input.Crop is { Margin: >= 0 and <= MostMargin } crop && crop.Region == region, $"it does not say that its input shows a {region} with a margin of at most {MostMargin}");
        Require(model.Metadata.ContainsKey(FaceFinder.ThresholdKey), $"it does not say from which score on it reports faces ({FaceFinder.ThresholdKey})");
        foreach (var key in new[] { FaceFinder.ThresholdKey, FaceFinder.FirstThresholdKey })
        {
            Require(
                !model.Metadata.TryGetValue(key, out var text) || (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold) && threshold is >= 0 and <= 1),
                $"its {key} is no number from 0 to 1");
        }
    }

    private static void Head(NetworkModel model, string name, HeadKind kind, int outputs)
    {
        var head = model.Heads.FirstOrDefault(known => known.Name == name);
        Require(
            head is not null && head.Kind == kind && head.Outputs == outputs,
            $"it needs a head '{name}' of {outputs} outputs, and has {string.Join(", ", model.Heads.Select(known => $"'{known.Name}' of {known.Outputs}"))}");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FaceDataException($"The model is no face finder: {otherwise}. 'crossstitch faces train-finder' trains one.");
        }
    }
}
