using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>Cropped faces as bytes, which <see cref="CropContent"/> reads: little-endian counts, the names of the attributes, then each face, each problem and all patches.</summary>
internal static class CropCacheFormat
{
    private const int BufferSize = 1 << 16;

    /// <summary>The names of the attributes, as they are written.</summary>
    public static IEnumerable<string> Attributes => FaceAttribute.All.Select(attribute => attribute.Name);

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
}
