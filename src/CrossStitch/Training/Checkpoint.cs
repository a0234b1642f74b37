using System.Security.Cryptography;

namespace CrossStitch.Training;

/// <summary>
/// All that training needs to go on as if it had never stopped. The file is written whole or not at all, and its
/// SHA-256 tells a damaged one.
/// </summary>
/// <param name="Epoch">Epochs trained.</param>
/// <param name="Weights">The network's parameters.</param>
/// <param name="Optimizer">The optimiser's state; empty in a checkpoint for use, not for more training.</param>
/// <param name="BestEpoch">The epoch with the best validation loss; 0 if none was measured.</param>
/// <param name="BestLoss">That loss.</param>
/// <param name="BestWeights">The parameters after that epoch, where early stopping wants them; else empty.</param>
public sealed record Checkpoint(int Epoch, byte[] Weights, byte[] Optimizer, int BestEpoch, double BestLoss, byte[] BestWeights)
{
    private const string Magic = "CrossStitch checkpoint 2";
    private const string FirstMagic = "CrossStitch checkpoint 1";

    /// <summary>What the extensions of the training keep, by their names.</summary>
    public IReadOnlyDictionary<string, byte[]> Sections { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <exception cref="CrossStitchException">It cannot be written.</exception>
    public void Save(string path)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Epoch);
            writer.Write(BestEpoch);
            writer.Write(BestLoss);
            foreach (var part in new[] { Weights, Optimizer, BestWeights })
            {
                writer.Write(part.Length);
                writer.Write(part);
            }

            writer.Write(Sections.Count);
            foreach (var (name, part) in Sections.OrderBy(section => section.Key, StringComparer.Ordinal))
            {
                writer.Write(name);
                writer.Write(part.Length);
                writer.Write(part);
            }
        }

        buffer.Write(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        AtomicFile.Write(path, buffer.WriteTo);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where from.</param>
    /// <exception cref="CrossStitchException">It is missing, damaged, or no checkpoint of this version.</exception>
    public static Checkpoint Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: the checkpoint cannot be read: {FileProblem.Reason(error)}.", error);
        }

        var content = bytes.Length - SHA256.HashSizeInBytes;
        if (content < 0 || !SHA256.HashData(bytes.AsSpan(0, content)).AsSpan().SequenceEqual(bytes.AsSpan(content)))
        {
            throw new CrossStitchException($"{path}: the checkpoint is damaged (its checksum does not match); delete it to train from the start.");
        }

        try
        {
            return Read(new BinaryReader(new MemoryStream(bytes, 0, content))) ?? throw Foreign(path);
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            throw Foreign(path, error);
        }
    }

    private static Checkpoint? Read(BinaryReader reader)
    {
        var magic = reader.ReadString();
        if (magic is not (Magic or FirstMagic))
        {
            return null;
        }

        var epoch = reader.ReadInt32();
        var bestEpoch = reader.ReadInt32();
        var bestLoss = reader.ReadDouble();
        byte[] Part() => reader.ReadBytes(reader.ReadInt32());
        var checkpoint = new Checkpoint(epoch, Part(), Part(), bestEpoch, bestLoss, Part());
        var sections = new Dictionary<string, byte[]>();
        for (var i = magic == FirstMagic ? 0 : reader.ReadInt32(); i > 0; i--)
        {
            sections.Add(reader.ReadString(), Part());
        }

        return checkpoint with { Sections = sections };
    }

    private static CrossStitchException Foreign(string path, Exception? error = null) =>
        new($"{path}: not a checkpoint of this version of CrossStitch; delete it to train from the start.", error);
}
