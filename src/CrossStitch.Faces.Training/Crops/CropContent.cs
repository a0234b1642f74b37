using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>
/// Reads what <see cref="CropCacheFormat"/> writes. A checksum says only that the bytes are those that somebody wrote, so
/// everything is held against what faces can be, and counts against the length, before memory is taken for them.
/// </summary>
internal static class CropContent
{
    // The fewest bytes of a face of the first version and of a problem: their numbers, and a byte for each empty text.
    private const int LeastFace = 1 + (3 * sizeof(float)) + 1 + (FaceLandmarks.Numbers * sizeof(float));
    private const int LeastProblem = 1 + sizeof(int) + 1;

    /// <summary>The longest text: a path as long as a line of annotations, in UTF-8, or a sentence with a few names.</summary>
    private const int LongestText = 16_384;

    /// <summary>Boxes beyond this are no picture's; see <see cref="FaceCropper"/>.</summary>
    private const float LargestBox = 4_000_000;

    /// <summary>Landmarks farther from the box than so many of its sides are nobody's.</summary>
    private const float FarthestLandmark = 1000;

    // The attributes of files that do not name them.
    private static readonly string[] FirstAttributes = ["pose", "gender", "glasses", "smile"];

    /// <summary>Whether a file ends with the SHA-256 of all before it. Its position is at the beginning afterwards.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsWhole(Stream file)
    {
        var left = file.Length - SHA256.HashSizeInBytes;
        if (left < 0)
        {
            return false;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        while (left > 0)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            file.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }

        var checksum = buffer.AsSpan(0, SHA256.HashSizeInBytes);
        file.ReadExactly(checksum);
        file.Position = 0;
        return hash.GetHashAndReset().AsSpan().SequenceEqual(checksum);
    }

    /// <summary>Reads cropped faces.</summary>
    /// <param name="file">A file that <see cref="IsWhole"/>, at the beginning of its faces; they go on to the checksum.</param>
    /// <param name="settings">How the faces were cropped.</param>
    /// <param name="pictures">Whether each face has the hash of its picture; in version 0.1.0 it has not.</param>
    /// <param name="attributes">Whether the attributes are named; where not, they are the four of version 0.1.0.</param>
    /// <exception cref="IOException">The file cannot be read, or ends too early.</exception>
    /// <exception cref="FormatException">The bytes are no cropped faces, these have other attributes, or are no faces that can be.</exception>
    public static LoadedFaces Read(Stream file, CropSettings settings, bool pictures = true, bool attributes = true)
    {
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        var patchLength = (long)settings.PatchSize * settings.PatchSize;
        var (count, problemCount) = (reader.ReadInt32(), reader.ReadInt32());
        var boxes = new BoxCounts(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        Require(
            count >= 0 && problemCount >= 0 && count * patchLength <= Array.MaxLength && (count * (patchLength + LeastFace)) + (problemCount * (long)LeastProblem) <= Left(file),
            "The counts do not fit the length.");
        Require(
            boxes is { Detector: >= 0, Reference: >= 0, Mismatched: >= 0 } && boxes.Detector + (long)boxes.Reference <= count && boxes.Mismatched <= boxes.Reference,
            "The counts of boxes do not fit the faces.");
        var labels = attributes ? ReadText(reader).Split(' ') : FirstAttributes;
        Require(labels.SequenceEqual(CropCacheFormat.Attributes), $"Their labels are {QuotedText.Of(string.Join(", ", labels))}; this program has {string.Join(", ", CropCacheFormat.Attributes)}.");

        var faces = new FaceCrop[count];
        for (var i = 0; i < count; i++)
        {
            faces[i] = ReadFace(reader, pictures, i);
        }

        var problems = new FaceProblem[problemCount];
        for (var i = 0; i < problemCount; i++)
        {
            problems[i] = new FaceProblem(ReadText(reader), reader.ReadInt32(), ReadText(reader));
            Require(problems[i].Line >= 0, "A problem is of a line that no file has.");
        }

        Require(count * patchLength == Left(file), "The pixels do not fill the rest of the file.");
        var patches = new byte[count * patchLength];
        file.ReadExactly(patches);
        return new LoadedFaces(new FaceCropSet(settings, faces, patches), boxes, problems, FromCache: true);
    }

    private static FaceCrop ReadFace(BinaryReader reader, bool pictures, int number)
    {
        var path = ReadText(reader);
        var picture = pictures ? reader.ReadUInt64() : 0;
        var box = new FaceBox(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), (BoxSource)reader.ReadByte());
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        foreach (ref var landmark in numbers)
        {
            landmark = reader.ReadSingle();
        }

        Span<byte> classes = stackalloc byte[FaceAttribute.All.Count];
        reader.BaseStream.ReadExactly(classes);
        Require(ArchivePath.TryNormalize(path, out _), $"The path of face {number} is {QuotedText.Of(path)}, which no archive has.");
        Require(
            box.Side is > 0 and <= LargestBox && IsWithin(LargestBox, box.CenterX, box.CenterY) && Enum.IsDefined(box.Source),
            $"The box of face {number} is none.");
        Require(IsWithin(FarthestLandmark, numbers), $"The landmarks of face {number} are none.");
        foreach (var attribute in FaceAttribute.All)
        {
            Require(classes[attribute.Index] < attribute.Classes.Count, $"Face {number} has a class of {attribute} that there is not.");
        }

        return new FaceCrop(path, box, FaceLandmarks.FromNumbers(numbers), new FaceAttributes(classes)) { Picture = picture };
    }

    /// <summary>Whether all numbers are numbers, and none is larger than another, or as much below zero.</summary>
    public static bool IsWithin(float largest, params ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
        {
            if (!(MathF.Abs(number) <= largest))
            {
                return false;
            }
        }

        return true;
    }

    private static string ReadText(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        Require(length is >= 0 and <= LongestText, "A text is too long.");
        return Encoding.UTF8.GetString(reader.ReadBytes(length));
    }

    private static long Left(Stream file) => file.Length - SHA256.HashSizeInBytes - file.Position;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
