using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Data;

/// <summary>
/// The faces that a run has seen in training or validation, so that nobody measures it on them by mistake: whatever they
/// are called, whichever box they are cropped by, and whoever labelled them; see <see cref="SameFaces"/>.
/// </summary>
public sealed class SeenFaces
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "training-faces.ids";

    // Of faces of a split and more; the file is read whole.
    private const int MostBytes = 64 << 20;
    private const float LargestCoordinate = 1_000_000;
    private const int FaceLength = sizeof(ulong) + (FaceLandmarks.Numbers * sizeof(float));

    private static readonly byte[] Header = "CrossStitch faces 1\n"u8.ToArray();

    private readonly SameFaces _faces = new();

    private SeenFaces(IEnumerable<KnownFace> faces)
    {
        foreach (var face in faces)
        {
            _faces.Add(face);
        }
    }

    /// <summary>Notes faces.</summary>
    /// <param name="faces">All training faces of a run, those set aside for validation among them.</param>
    public static SeenFaces Of(FaceCropSet faces) => new(faces.Faces.Select(KnownFace.Of));

    /// <summary>How many of some faces were seen.</summary>
    /// <param name="faces">The faces.</param>
    public int CountIn(FaceCropSet faces) => faces.Faces.Count(face => _faces.Find(KnownFace.Of(face)) >= 0);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">Where from.</param>
    /// <returns>Null if there is no such file: a run of an earlier version has none.</returns>
    /// <exception cref="CrossStitchException">It cannot be read, is damaged, or is something else.</exception>
    public static SeenFaces? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = new FileInfo(path).Length <= MostBytes ? File.ReadAllBytes(path) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: cannot be read: {FileProblem.Reason(error)}.", error);
        }

        var length = bytes.Length - Header.Length - SHA256.HashSizeInBytes;
        if (length < 0 || length % FaceLength != 0 || !bytes.AsSpan().StartsWith(Header)
            || !SHA256.HashData(bytes.AsSpan(0, Header.Length + length)).AsSpan().SequenceEqual(bytes.AsSpan(Header.Length + length)))
        {
            throw Damaged(path);
        }

        return new SeenFaces(Read(path, bytes.AsSpan(Header.Length, length).ToArray()));
    }

    /// <summary>Writes them: a header, each face's picture hash and ten coordinates, and a SHA-256 of it all.</summary>
    /// <param name="path">Where to.</param>
    /// <exception cref="CrossStitchException">The file cannot be written.</exception>
    internal void Save(string path) => AtomicFile.Write(path, file =>
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Header);
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        foreach (var face in _faces.Faces)
        {
            writer.Write(face.Picture);
            face.Landmarks.CopyTo(numbers);
            foreach (var number in numbers)
            {
                writer.Write(number);
            }
        }

        var content = bytes.ToArray();
        file.Write(content);
        file.Write(SHA256.HashData(content));
    });

    private static CrossStitchException Damaged(string path) =>
        new($"{path}: damaged, or of another version; which faces the run was trained on cannot be told. Train it again, or copy the file again from where it is whole.");

    private static IEnumerable<KnownFace> Read(string path, byte[] content)
    {
        using var reader = new BinaryReader(new MemoryStream(content));
        var numbers = new float[FaceLandmarks.Numbers];
        for (var i = 0; i < content.Length / FaceLength; i++)
        {
            var picture = reader.ReadUInt64();
            for (var k = 0; k < numbers.Length; k++)
            {
                numbers[k] = reader.ReadSingle();
            }

            if (!CropContent.IsWithin(LargestCoordinate, numbers))
            {
                throw Damaged(path);
            }

            yield return new KnownFace(picture, FaceLandmarks.FromNumbers(numbers));
        }
    }
}
