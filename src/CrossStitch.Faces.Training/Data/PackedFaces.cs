using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Data;

/// <summary>
/// All the faces of a run in one file, for machines that do not have what they were loaded from: which faces they are, what is
/// to be known of them, training faces and then test faces as <see cref="CropCacheFormat"/> writes them, and a SHA-256 of it
/// all. The same faces are the same bytes.
/// </summary>
internal static class PackedFaces
{
    /// <summary>The file's name in a study's folder.</summary>
    public const string FileName = "faces.packed";

    private const string Remedy = "delete the file and give the study's command again where its faces are, which packs them anew";

    private static readonly byte[] Magic = "CrossStitch packed faces 3\n"u8.ToArray();

    /// <summary>Writes faces, unless the file holds them already.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="source">What they were loaded from.</param>
    /// <param name="data">The faces.</param>
    /// <exception cref="CrossStitchException">The file cannot be written; one that is there is as it was.</exception>
    public static void Save(string path, string source, FaceDataset data)
    {
        // A machine that is reading the file from a network disk would lose it in the middle.
        if (!Holds(path, source, data))
        {
            var faces = new LoadedFaces(Together(data.TrainingFaces, data.TestFaces), new(0, 0, 0), [], FromCache: false);
            AtomicFile.Write(path, file => CropCacheFormat.WriteWithChecksum(file, Head(source, data), faces));
        }
    }

    /// <summary>Reads faces.</summary>
    /// <param name="path">Where from.</param>
    /// <param name="source">What they must have been loaded from.</param>
    /// <param name="augmentation">How training faces are varied.</param>
    /// <returns>Null if there is no such file.</returns>
    /// <exception cref="CrossStitchException">The file is damaged, something else, or of other faces.</exception>
    public static FaceDataset? Load(string path, string source, CropAugmentation? augmentation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var isOurs = file.Length >= Magic.Length + SHA256.HashSizeInBytes && Begins(file);
            if (!isOurs || !CropContent.IsWhole(file))
            {
                throw new CrossStitchException(isOurs
                    ? $"{path}: the packed faces are damaged (their checksum does not match); {Remedy}."
                    : $"{path}: holds no packed faces, or those of another version of the program; {Remedy}.");
            }

            return Read(path, file, source, augmentation);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or EndOfStreamException)
        {
            throw new CrossStitchException($"{path}: these are no packed faces ({error.Message.Split(" (Parameter")[0].TrimEnd('.')}); {Remedy}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            throw new CrossStitchException($"{path}: the packed faces cannot be read: {FileProblem.Reason(error)}.", error);
        }
    }

    private static FaceDataset Read(string path, FileStream file, string source, CropAugmentation? augmentation)
    {
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        file.Position = Magic.Length;
        var packed = ReadText(reader);
        if (packed != source)
        {
            throw new CrossStitchException($"{path}: holds other faces than are asked for ({QuotedText.Of(packed)} there, {QuotedText.Of(source)} here); {Remedy}.");
        }

        var settings = new FaceCropper(CropSettings.Of(reader.ReadInt32(), reader.ReadInt32())).Settings;
        var (training, hasTest) = (reader.ReadInt32(), reader.ReadBoolean());
        var (notes, warnings) = (ReadTexts(reader), ReadTexts(reader));
        var frames = ReadFrames(reader);
        var all = CropContent.Read(file, settings).Faces;
        Require(
            frames is null ? settings == CropSettings.Default || settings == CropSettings.Close : SecondLook.IsSize(settings.Size) && settings == CropSettings.Aligned(settings.Size) && frames.Length == all.Count,
            $"faces are cropped to {settings.Size} pixels with a margin of {settings.Margin}");
        all = frames is null ? all : all.With([.. all.Faces.Select((face, i) => face with { Frame = frames[i] })]);
        Require(training >= 0 && training <= all.Count && (hasTest || training == all.Count), $"{training} of {all.Count} faces to train on");
        var order = Enumerable.Range(0, all.Count).ToArray();
        return new FaceDataset(
            hasTest ? all.Subset(order[..training]) : all,
            hasTest ? all.Subset(order[training..]) : null,
            augmentation,
            notes,
            warnings);
    }

    private static byte[] Head(string source, FaceDataset data)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(source);
        writer.Write(data.TrainingFaces.Settings.Size);
        writer.Write(data.TrainingFaces.Settings.Margin);
        writer.Write(data.TrainingFaces.Count);
        writer.Write(data.TestFaces is not null);
        foreach (var sentences in new[] { data.Notes, data.Warnings })
        {
            writer.Write(sentences.Count);
            foreach (var sentence in sentences)
            {
                writer.Write(sentence);
            }
        }

        WriteFrames(writer, data);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>How many frames, and each: none where faces are seen in their boxes.</summary>
    private static void WriteFrames(BinaryWriter writer, FaceDataset data)
    {
        var frames = data.TrainingFaces.Faces.Concat(data.TestFaces?.Faces ?? []).Select(face => face.Frame).OfType<FaceFrame>().ToList();
        writer.Write(frames.Count);
        foreach (var frame in frames)
        {
            writer.Write(frame.CenterX);
            writer.Write(frame.CenterY);
            writer.Write(frame.Side);
            writer.Write(frame.Degrees);
        }
    }

    private static FaceFrame[]? ReadFrames(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        Require(count >= 0 && count <= Left(reader) / (4 * sizeof(float)), $"{count} frames");
        var frames = new FaceFrame[count];
        foreach (ref var frame in frames.AsSpan())
        {
            frame = new FaceFrame(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());
            Require(FaceCropper.CanCut(frame.Upright) && float.IsFinite(frame.Degrees), "a frame that is none");
        }

        return count == 0 ? null : frames;
    }

    private static FaceCropSet Together(FaceCropSet training, FaceCropSet? test)
    {
        if (test is null)
        {
            return training;
        }

        var patches = FaceMemory.Allocate((long)training.Count + test.Count, training.Settings);
        var place = 0;
        foreach (var set in new[] { training, test })
        {
            for (var i = 0; i < set.Count; i++)
            {
                set.Patch(i).CopyTo(patches.AsSpan(place));
                place += set.Patch(i).Length;
            }
        }

        return new FaceCropSet(training.Settings, [.. training.Faces, .. test.Faces], patches);
    }

    private static bool Holds(string path, string source, FaceDataset data)
    {
        try
        {
            return Load(path, source, augmentation: null) is { } known
                && known.Fingerprint == data.Fingerprint
                && known.TrainingFaces.Faces.SequenceEqual(data.TrainingFaces.Faces)
                && (known.TestFaces?.Faces ?? []).SequenceEqual(data.TestFaces?.Faces ?? [])
                && known.TestFaces is null == data.TestFaces is null
                && known.Notes.SequenceEqual(data.Notes)
                && known.Warnings.SequenceEqual(data.Warnings);
        }
        catch (CrossStitchException)
        {
            return false;
        }
    }

    private static bool Begins(FileStream file)
    {
        var begin = new byte[Magic.Length];
        file.ReadExactly(begin);
        file.Position = 0;
        return begin.AsSpan().SequenceEqual(Magic);
    }

    private static List<string> ReadTexts(BinaryReader reader)
    {
        // Each takes a byte at least.
        var count = reader.ReadInt32();
        Require(count >= 0 && count <= Left(reader), $"{count} sentences");
        return [.. Enumerable.Range(0, count).Select(_ => ReadText(reader))];
    }

    private static string ReadText(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        Require(length >= 0 && length <= Left(reader), $"a text of {length} bytes");
        return Encoding.UTF8.GetString(reader.ReadBytes(length));
    }

    private static long Left(BinaryReader reader) => reader.BaseStream.Length - SHA256.HashSizeInBytes - reader.BaseStream.Position;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
