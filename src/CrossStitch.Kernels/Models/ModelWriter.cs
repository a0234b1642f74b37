using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CrossStitch.Kernels.Models;

/// <summary>Turns a model into the bytes of its file.</summary>
internal static class ModelWriter
{
    /// <summary>Writes a model; the same one is always the same bytes.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="FormatException">It is none that can be run; the message says what is wrong with which value.</exception>
    public static byte[] Write(NetworkModel model)
    {
        var layout = new ModelLayout(model);
        var values = layout.ValuesOf(model);
        var header = ModelHeader.Write(model);
        if (header.Length > ModelFormat.MostHeader)
        {
            throw new FormatException($"names, labels and metadata take {header.Length} bytes; they may take {ModelFormat.MostHeader}");
        }

        var payload = ModelFormat.PayloadAt(header.Length);
        var content = payload + (int)layout.PayloadLength;
        var bytes = new byte[content + SHA256.HashSizeInBytes];
        ModelFormat.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ModelFormat.VersionAt), ModelFile.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ModelFormat.HeaderLengthAt), (uint)header.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(ModelFormat.PayloadLengthAt), (ulong)layout.PayloadLength);
        header.CopyTo(bytes, ModelFormat.PreambleLength);
        for (var i = 0; i < values.Count; i++)
        {
            Write(values[i].Span, bytes.AsSpan(payload + (int)layout.Arrays[i].Offset));
        }

        SHA256.HashData(bytes.AsSpan(0, content), bytes.AsSpan(content));
        return bytes;
    }

    private static void Write(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], values[i]);
        }
    }
}
