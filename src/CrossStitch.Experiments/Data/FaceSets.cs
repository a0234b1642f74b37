using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CrossStitch.Faces;
using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Kernels;

namespace CrossStitch.Experiments.Data;

/// <summary>The faces of a run: to learn from and to be measured on.</summary>
/// <param name="Training">All training faces; a run sets its validation faces aside from these.</param>
/// <param name="Test">The test faces; null where the source has none.</param>
/// <param name="Notes">What a user should know of how they were read, a sentence each.</param>
public sealed record FaceSets(FaceCropSet Training, FaceCropSet? Test, IReadOnlyList<string> Notes)
{
    /// <summary>What makes results on these faces doubtful, a sentence each: labels that no faces have, boxes that do not fit,
    /// test faces that are training faces.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// Where the boxes of the test faces came from; null where there are none. Boxes derived from true landmarks tell a
    /// network where the face is, so a result on them says so.
    /// </summary>
    public BoxCounts? TestBoxes { get; init; } = Count(Test);

    /// <summary>A short hash of all pixels and labels: two runs with the same one saw the same faces.</summary>
    public string Fingerprint { get; } = Hash(Training, Test);

    /// <summary>Splits the training faces at random.</summary>
    /// <param name="share">Share of them that is set aside for validation.</param>
    /// <param name="seed">Which ones.</param>
    public (FaceCropSet Training, FaceCropSet Validation) SplitValidation(double share, long seed)
    {
        var random = new SeededRandom(unchecked((ulong)seed));
        var order = Enumerable.Range(0, Training.Count).ToArray();
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Next(0, i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        var validation = (int)Math.Round(Training.Count * share);
        return (Training.Subset(order[validation..]), Training.Subset(order[..validation]));
    }

    // How many detected boxes missed their face is known to the loader alone.
    private static BoxCounts? Count(FaceCropSet? faces)
    {
        int Of(BoxSource source) => faces.Faces.Count(face => face.Box.Source == source);
        return faces is null ? null : new BoxCounts(Of(BoxSource.Detector), Of(BoxSource.Reference), Mismatched: 0);
    }

    private static string Hash(params FaceCropSet?[] sets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<float> landmarks = stackalloc float[FaceLandmarks.Numbers];
        foreach (var set in sets.OfType<FaceCropSet>())
        {
            for (var i = 0; i < set.Count; i++)
            {
                var face = set[i];
                face.Landmarks.CopyTo(landmarks);
                hash.AppendData(MemoryMarshal.AsBytes(landmarks));
                hash.AppendData(face.Attributes.Classes);
                hash.AppendData(set.Patch(i));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
