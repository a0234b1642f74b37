using System.Buffers.Binary;
using System.Security.Cryptography;
using CrossStitch.Faces.Annotations;
using CrossStitch.Faces.Crops;

namespace CrossStitch.Experiments.Data;

/// <summary>
/// The faces that a run has seen in training or validation, so that nobody measures it on them by mistake. A face is
/// known by where its landmarks lie in its picture, to a hundredth of a pixel: whatever it is called, and whichever box
/// it was cropped by.
/// </summary>
public sealed class SeenFaces
{
    private readonly HashSet<ulong> _ids;

    private SeenFaces(HashSet<ulong> ids) => _ids = ids;

    /// <summary>Notes faces.</summary>
    /// <param name="faces">All training faces of a run, those set aside for validation among them.</param>
    public static SeenFaces Of(FaceCropSet faces) => new([.. faces.Faces.Select(IdOf)]);

    /// <summary>How many of some faces were seen.</summary>
    /// <param name="faces">The faces.</param>
    public int CountIn(FaceCropSet faces) => faces.Faces.Count(face => _ids.Contains(IdOf(face)));

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">Where from.</param>
    /// <returns>Null if there is no such file: a run of an earlier version has none.</returns>
    /// <exception cref="CrossStitchException">It cannot be read, or is something else.</exception>
    public static SeenFaces? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: cannot be read: {FileProblem.Reason(error)}.", error);
        }

        if (bytes.Length % sizeof(ulong) != 0)
        {
            throw new CrossStitchException($"{path}: damaged; it is not a list of faces.");
        }

        return new SeenFaces([.. Enumerable.Range(0, bytes.Length / sizeof(ulong)).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong))))]);
    }

    /// <summary>Writes them: eight bytes a face, in ascending order.</summary>
    /// <param name="path">Where to.</param>
    /// <exception cref="CrossStitchException">The file cannot be written.</exception>
    internal void Save(string path) => AtomicFile.Write(path, file =>
    {
        var bytes = new byte[sizeof(ulong) * _ids.Count];
        foreach (var (i, id) in _ids.Order().Index())
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), id);
        }

        file.Write(bytes);
    });

    private static ulong IdOf(FaceCrop face)
    {
        var points = face.Landmarks.Map(face.Box.ToImage);
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        points.CopyTo(numbers);
        Span<byte> text = stackalloc byte[sizeof(int) * FaceLandmarks.Numbers];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(text[(sizeof(int) * i)..], (int)MathF.Round(100 * numbers[i]));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
