using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Data;

/// <summary>The faces of a run: to learn from and to be measured on.</summary>
/// <param name="training">All training faces; a run sets its validation faces aside from these.</param>
/// <param name="test">The test faces; null where the source has none.</param>
/// <param name="augmentation">How training faces are varied; null for not at all.</param>
/// <param name="notes">What a user should know of how they were read, a sentence each.</param>
/// <param name="warnings">What makes results on them doubtful, a sentence each.</param>
public sealed class FaceDataset(FaceCropSet training, FaceCropSet? test, CropAugmentation? augmentation = null, IReadOnlyList<string>? notes = null, IReadOnlyList<string>? warnings = null) : Dataset
{
    private string? _fingerprint;

    /// <summary>The training faces.</summary>
    public FaceCropSet TrainingFaces => training;

    /// <summary>The test faces; null where the source has none.</summary>
    public FaceCropSet? TestFaces => test;

    /// <inheritdoc/>
    public override ILabelledData Training { get; } = new FaceData(training, augmentation);

    /// <inheritdoc/>
    public override ILabelledData? Test { get; } = test is null ? null : new FaceData(test);

    /// <inheritdoc/>
    public override string Fingerprint => _fingerprint ??= Hash(training, test);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; } = notes ?? [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings { get; } = warnings ?? [];

    /// <inheritdoc/>
    public override void SaveTest(string folder)
    {
        if (test is not null)
        {
            FaceCropFile.Save(Path.Combine(folder, FaceDomain.TestFile), test.Upright());
        }
    }

    /// <inheritdoc/>
    public override void SaveTraining(string folder) => SeenFaces.Of(training).Save(Path.Combine(folder, SeenFaces.FileName));

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
                if (face.Frame is { } frame)
                {
                    hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<FaceFrame>(in frame)));
                }
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
