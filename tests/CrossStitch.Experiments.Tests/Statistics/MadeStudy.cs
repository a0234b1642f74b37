using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Metrics;
using CrossStitch.Kernels;

namespace CrossStitch.Experiments.Tests.Statistics;

/// <summary>Studies whose networks were never trained: their errors are made up, so what must come out is known.</summary>
internal static class MadeStudy
{
    public const int Faces = 80;

    public static readonly FaceCropSet TestFaces = new(
        new CropSettings(1, 0),
        [.. Enumerable.Range(0, Faces).Select(i => new FaceCrop(
            $"{i}.jpg",
            new FaceBox(20, 20, 40, BoxSource.Detector),
            FaceLandmarks.FromNumbers([0.3f, 0.7f, 0.5f, 0.35f, 0.65f, 0.4f, 0.4f, 0.6f, 0.8f, 0.8f]),
            new FaceAttributes([(byte)(i % 5), (byte)(i % 2), i % 3 == 0 ? (byte)1 : (byte)0, i % 4 == 0 ? (byte)1 : (byte)0])))],
        new byte[Faces]);

    /// <summary>A run of which every face's five points are off by the same.</summary>
    /// <param name="variant">Its variant, which says its network.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="error">A face's error, in box widths.</param>
    public static StudyRun Run(string variant, long seed, Func<int, double> error)
    {
        var network = Enum.GetValues<NetworkKind>().Last(kind => variant.StartsWith(NetworkBuilder.Name(kind), StringComparison.Ordinal));
        var recipe = new Recipe { Network = network, Seed = seed };
        var landmarks = new float[Faces * FaceLandmarks.Numbers];
        for (var i = 0; i < Faces; i++)
        {
            var numbers = landmarks.AsSpan(i * FaceLandmarks.Numbers, FaceLandmarks.Numbers);
            TestFaces[i].Landmarks.CopyTo(numbers);
            var off = (float)error(i);
            foreach (ref var x in numbers[..FaceLandmarks.Count])
            {
                x += off;
            }
        }

        var predicted = new Dictionary<string, int[]>();
        if (network != NetworkKind.Single)
        {
            predicted["smile"] = [.. TestFaces.Faces.Select((face, i) => face.Attributes[FaceAttribute.Smile] == (i >= 8 ? 1 : 0) ? 1 : 0)];
        }

        return new StudyRun(
            variant,
            recipe,
            new RunResult(network, recipe.UsedAuxiliary(), seed, 1000, 1, 1, 7 * seed, null, null, [], []),
            [],
            new FacePredictions(landmarks, predicted));
    }

    /// <summary>Runs whose errors are a variant's own amount and a little chance.</summary>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="variants">Each variant's error, in box widths.</param>
    public static IReadOnlyList<StudyRun> Runs(int seeds, params (string Variant, double Error)[] variants) =>
    [
        .. from seed in Enumerable.Range(1, seeds)
           from index in Enumerable.Range(0, variants.Length)
           let random = new SeededRandom((ulong)index, (ulong)seed)
           let luck = 0.0005 * random.NextGaussian()
           select Run(variants[index].Variant, seed, _ => variants[index].Error + luck + (0.002 * random.NextGaussian())),
    ];

    public static Study Of(IReadOnlyList<StudyRun> runs, params StudyQuestion[] questions) => new("", TestFaces, runs, [], questions);
}
