using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>Cropped faces as bytes: little-endian counts, the names of the attributes, then each face, each problem and all patches.</summary>
internal static class CropCacheFormat
{
    private const int BufferSize = 1 << 16;

    // The attributes of files that do not name them.
    private static readonly string[] FirstAttributes = ["pose", "gender", "glasses", "smile"];

    private static IEnumerable<string> Attributes => FaceAttribute.All.Select(attribute => attribute.Name);

    /// <summary>
    /// Writes a head, the faces and a SHA-256 of both, without ever holding it all in memory.
    /// </summary>
    public static void WriteWithChecksum(Stream stream, ReadOnlySpan<byte> head, LoadedFaces loaded)
    {
        using var sha = SHA256.Create();
        using (var hashing = new CryptoStream(stream, sha, CryptoStreamMode.Write, leaveOpen: true))
        using (var buffered = new BufferedStream(hashing, BufferSize))
        {
            buffered.Write(head);
            Write(buffered, loaded);
        }

        stream.Write(sha.Hash);
    }

    private static void Write(Stream stream, LoadedFaces loaded)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var faces = loaded.Faces;
        writer.Write(faces.Count);
        writer.Write(loaded.Problems.Count);
        writer.Write(loaded.Boxes.Detector);
        writer.Write(loaded.Boxes.Reference);
        writer.Write(loaded.Boxes.Mismatched);
        writer.Write(string.Join(' ', Attributes));
        for (var i = 0; i < faces.Count; i++)
        {
            WriteFace(writer, faces[i]);
        }

        foreach (var problem in loaded.Problems)
        {
            writer.Write(problem.File);
            writer.Write(problem.Line);
            writer.Write(problem.Message);
        }

        for (var i = 0; i < faces.Count; i++)
        {
            writer.Write(faces.Patch(i));
        }
    }

    /// <param name="bytes">The bytes.</param>
    /// <param name="length">How many of them.</param>
    /// <param name="settings">How the faces were cropped.</param>
    /// <param name="pictures">Whether each face has the hash of its picture; in version 0.1.0 it has not.</param>
    /// <param name="attributes">Whether the attributes are named; where not, they are the four of version 0.1.0.</param>
    /// <exception cref="IOException">The bytes end too early.</exception>
    /// <exception cref="FormatException">The bytes are no cropped faces, or these have other attributes.</exception>
    public static LoadedFaces Read(byte[] bytes, int length, CropSettings settings, bool pictures = true, bool attributes = true)
    {
        using var stream = new MemoryStream(bytes, 0, length);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        var patchLength = (long)settings.PatchSize * settings.PatchSize;
        var count = reader.ReadInt32();
        var problemCount = reader.ReadInt32();
        var boxes = new BoxCounts(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (count < 0 || problemCount < 0 || problemCount > length || count * patchLength > length)
        {
            throw new FormatException("The counts do not fit the length.");
        }

        var labelled = attributes ? reader.ReadString().Split(' ') : FirstAttributes;
        if (!labelled.SequenceEqual(Attributes))
        {
            throw new FormatException($"Their labels are {string.Join(", ", labelled)}; this program has {string.Join(", ", Attributes)}.");
        }

        var faces = new FaceCrop[count];
        for (var i = 0; i < count; i++)
        {
            faces[i] = ReadFace(reader, pictures);
        }

        var problems = new FaceProblem[problemCount];
        for (var i = 0; i < problemCount; i++)
        {
            problems[i] = new FaceProblem(reader.ReadString(), reader.ReadInt32(), reader.ReadString());
        }

        var patches = reader.ReadBytes((int)(count * patchLength));
        return new LoadedFaces(new FaceCropSet(settings, faces, patches), boxes, problems, FromCache: true);
    }

    private static void WriteFace(BinaryWriter writer, FaceCrop face)
    {
        writer.Write(face.ImagePath);
        writer.Write(face.Picture);
        writer.Write(face.Box.CenterX);
        writer.Write(face.Box.CenterY);
        writer.Write(face.Box.Side);
        writer.Write((byte)face.Box.Source);
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        face.Landmarks.CopyTo(numbers);
        foreach (var number in numbers)
        {
            writer.Write(number);
        }

        writer.Write(face.Attributes.Classes);
    }

    private static FaceCrop ReadFace(BinaryReader reader, bool pictures)
    {
        var path = reader.ReadString();
        var picture = pictures ? reader.ReadUInt64() : 0;
        var box = new FaceBox(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), (BoxSource)reader.ReadByte());
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        foreach (ref var number in numbers)
        {
            number = reader.ReadSingle();
        }

        var attributes = new FaceAttributes(reader.ReadBytes(FaceAttribute.All.Count));
        return new FaceCrop(path, box, FaceLandmarks.FromNumbers(numbers), attributes) { Picture = picture };
    }
}
