using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CrossStitch.Export;

/// <summary>
/// A message of Protocol Buffers, written field by field: all of that encoding that an ONNX file needs. A field is a key,
/// <c>number × 8 + wire type</c>, and a whole number, or a length and so many bytes.
/// </summary>
internal sealed class OnnxMessage
{
    private const int Variable = 0;
    private const int Delimited = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Writes a whole number of at least 0.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="value">The value.</param>
    public OnnxMessage Number(int field, long value)
    {
        Key(field, Variable);
        Varint((ulong)value);
        return this;
    }

    /// <summary>Writes a text.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="value">The value.</param>
    public OnnxMessage Text(int field, string value) => Block(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes a message inside this one.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="value">The message, finished.</param>
    public OnnxMessage Message(int field, OnnxMessage value) => Block(field, value.Bytes);

    /// <summary>Writes floats as bytes, little-endian: what ONNX calls raw data.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="values">The values.</param>
    public OnnxMessage Floats(int field, ReadOnlySpan<float> values)
    {
        var bytes = new byte[checked(values.Length * sizeof(float))];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return Block(field, bytes);
    }

    private OnnxMessage Block(int field, ReadOnlySpan<byte> bytes)
    {
        Key(field, Delimited);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    private void Key(int field, int wireType) => Varint((ulong)((field << 3) | wireType));

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private void Varint(ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            _bytes.Write([(byte)(value | 128)]);
        }

        _bytes.Write([(byte)value]);
    }
}
