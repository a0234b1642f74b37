using System.Security.Cryptography;
using System.Text;

namespace CrossStitch.Training;

/// <summary>
/// All that training needs to go on as if it had never stopped. The file is written whole or not at all, and its
/// SHA-256 tells a damaged one.
/// </summary>
/// <param name="Epoch">Epochs trained.</param>
/// <param name="Weights">The network's parameters.</param>
/// <param name="Optimizer">The optimiser's state; empty in a checkpoint for use, not for more training.</param>
/// <param name="BestEpoch">The epoch with the best validation loss; 0 if none was measured.</param>
/// <param name="BestLoss">That loss; nothing where there is no such epoch.</param>
/// <param name="BestWeights">The parameters after that epoch, where early stopping wants them; else empty.</param>
public sealed record Checkpoint(int Epoch, byte[] Weights, byte[] Optimizer, int BestEpoch, double BestLoss, byte[] BestWeights)
{
    private const string Magic = "CrossStitch checkpoint 2";
    private const string FirstMagic = "CrossStitch checkpoint 1";

    /// <summary>Bytes of the longest name of a section.</summary>
    private const int LongestName = 1024;

    /// <summary>
    /// What the extensions of the training keep, by their names; of training that was stopped between two steps, also what the
    /// epoch under way has come to.
    /// </summary>
    public IReadOnlyDictionary<string, byte[]> Sections { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <exception cref="CrossStitchException">It cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, file =>
    {
        // Part by part: a copy of the whole would take as much memory again.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            file.Write(bytes);
        }

        void PutPart(byte[] part)
        {
            Put(CheckpointSection.Bytes(writer => writer.Write(part.Length)));
            Put(part);
        }

        Put(CheckpointSection.Bytes(writer =>
        {
            writer.Write(Magic);
            writer.Write(Epoch);
            writer.Write(BestEpoch);
            writer.Write(BestLoss);
        }));
        PutPart(Weights);
        PutPart(Optimizer);
        PutPart(BestWeights);
        Put(CheckpointSection.Bytes(writer => writer.Write(Sections.Count)));
        foreach (var (name, part) in Sections.OrderBy(section => section.Key, StringComparer.Ordinal))
        {
            Put(CheckpointSection.Bytes(writer => writer.Write(name)));
            PutPart(part);
        }

        file.Write(hash.GetHashAndReset());
    });

    /// <summary>
    /// Reads a file: first its checksum, then what it holds, whose every length is held against what is there before memory
    /// is asked for. It takes no more memory than the file has bytes.
    /// </summary>
    /// <param name="path">Where from.</param>
    /// <exception cref="CrossStitchException">It is missing, damaged, no checkpoint of this version, or holds what no training leaves.</exception>
    public static Checkpoint Load(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);
            var content = file.Length - SHA256.HashSizeInBytes;
            if (content < 0 || !HasItsChecksum(file, content))
            {
                throw new CrossStitchException($"{path}: the checkpoint is damaged (its checksum does not match); delete it to train from the start.");
            }

            file.Position = 0;
            return Read(new BinaryReader(file), content);
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new CrossStitchException($"{path}: not a checkpoint of this version of CrossStitch ({error.Message.TrimEnd('.')}); delete it to train from the start.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: the checkpoint cannot be read: {FileProblem.Reason(error)}.", error);
        }
    }

    private static bool HasItsChecksum(FileStream file, long content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var some = new byte[1 << 16];
        for (var left = content; left > 0;)
        {
            var read = file.Read(some, 0, (int)Math.Min(left, some.Length));
            if (read == 0)
            {
                return false;
            }

            hash.AppendData(some, 0, read);
            left -= read;
        }

        var checksum = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(checksum);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(checksum);
    }

    private static Checkpoint Read(BinaryReader reader, long content)
    {
        string Text()
        {
            var length = reader.Read7BitEncodedInt();
            Require(length is >= 0 and <= LongestName, $"a name of {length} bytes");
            return Encoding.UTF8.GetString(reader.ReadBytes(length));
        }

        var magic = Text();
        Require(magic is Magic or FirstMagic, "it begins otherwise");
        var (epoch, bestEpoch, bestLoss) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble());
        Require(epoch is >= 0 and <= TrainingOptions.MostEpochs, $"{epoch} epochs");
        Require(bestEpoch >= 0 && bestEpoch <= epoch, $"epoch {bestEpoch} as the best of {epoch}");
        Require(bestEpoch == 0 || double.IsFinite(bestLoss), $"a best loss of {bestLoss}");
        byte[] Part(string name)
        {
            var length = reader.ReadInt32();
            Require(length >= 0 && length <= Math.Min(Array.MaxLength, content - reader.BaseStream.Position), $"{name} of {length} bytes");
            return reader.ReadBytes(length);
        }

        var checkpoint = new Checkpoint(epoch, Part("weights"), Part("optimiser"), bestEpoch, bestLoss, Part("best weights"));
        Require(checkpoint.BestWeights.Length == 0 || bestEpoch > 0, "best weights of no epoch");
        var sections = new Dictionary<string, byte[]>();
        var count = magic == FirstMagic ? 0 : reader.ReadInt32();
        Require(count >= 0, $"{count} sections");
        for (; count > 0; count--)
        {
            Require(sections.TryAdd(Text(), Part("section")), "a section twice");
        }

        Require(reader.BaseStream.Position == content, "it goes on behind its end");
        return checkpoint with { Sections = sections };
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }
}
