using System.Globalization;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Finding;

/// <summary>What makes a network a finder.</summary>
internal static class FinderModel
{
    /// <summary>The convention of boxes, as model files name it.</summary>
    public const string Region = "square-detector-box";

    /// <summary>How many numbers the box head gives.</summary>
    public const int BoxNumbers = 3;

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
        Require(model.Input.Crop is { Region: Region, Margin: >= 0 }, $"it does not say that its input shows a {Region}");
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
