using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CrossStitch.Kernels.Models;

/// <summary>
/// Reads the bytes of a model file and trusts none of them: sizes are checked before memory is asked for, the checksum
/// before anything is parsed, and what the header says before it is used.
/// </summary>
/// <param name="stream">Where from.</param>
/// <param name="name">What to call it in errors.</param>
internal sealed class ModelReader(Stream stream, string name)
{
    /// <summary>Memory asked for at first; more comes with what is there, not with what is promised.</summary>
    private const int FirstRead = 1 << 16;

    private const string Damaged = "the file is damaged; copy or export it again";
    private const string Mistaken = "Whatever wrote the file made a mistake; export the model again";

    private byte[] _bytes = new byte[FirstRead];
    private int _length;

    /// <summary>Reads a model.</summary>
    /// <exception cref="ModelFileException">It is damaged, of a newer version, or no model at all.</exception>
    public NetworkModel Read()
    {
        var (version, headerLength, payloadLength) = ReadPreamble();
        var payload = ModelFormat.PayloadAt(headerLength);
        var content = payload + payloadLength;
        ReadContent(content);

        NetworkModel model;
        ModelLayout layout;
        try
        {
            model = ModelHeader.Read(_bytes.AsMemory(ModelFormat.PreambleLength, headerLength), version);
            layout = new ModelLayout(model);
        }
        catch (FormatException error)
        {
            throw Wrong(ModelFormat.PreambleLength, $"header: {error.Message}. {Mistaken}.", error);
        }

        if (layout.PayloadLength != payloadLength)
        {
            throw Wrong(ModelFormat.PayloadLengthAt, $"the weights take {payloadLength} bytes, but those of the header's network would take {layout.PayloadLength}. {Mistaken}.");
        }

        return ModelLayout.Fill(model, [.. layout.Arrays.Select(array => ReadArray(array, payload))]);
    }

    private (uint Version, int HeaderLength, int PayloadLength) ReadPreamble()
    {
        ReadUpTo(ModelFormat.PreambleLength);
        if (!ModelFormat.Magic.StartsWith(_bytes.AsSpan(0, Math.Min(_length, ModelFormat.Magic.Length))))
        {
            throw Wrong(0, "this is no CrossStitch model; name a file that 'crossstitch export' or ModelFile.Save wrote.");
        }

        if (_length < ModelFormat.PreambleLength)
        {
            throw Wrong(_length, $"the file ends here, within its first {ModelFormat.PreambleLength} bytes: it was cut short; copy or export it again.");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(ModelFormat.VersionAt));
        var header = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(ModelFormat.HeaderLengthAt));
        var payload = BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(ModelFormat.PayloadLengthAt));
        if (version is 0 or > ModelFile.Version)
        {
            throw Wrong(ModelFormat.VersionAt, $"the file has version {version} of the format, and this program reads versions 1 to {ModelFile.Version}; use a newer CrossStitch, or export the model again with this one.");
        }

        if (header is 0 or > ModelFormat.MostHeader)
        {
            throw Wrong(ModelFormat.HeaderLengthAt, $"the header would take {header} bytes, and a header takes 1 to {ModelFormat.MostHeader}: {Damaged}.");
        }

        if (payload > ModelLayout.MostPayload)
        {
            throw Wrong(ModelFormat.PayloadLengthAt, $"the weights would take {payload} bytes, and weights take at most {ModelLayout.MostPayload}: {Damaged}.");
        }

        return (version, (int)header, (int)payload);
    }

    private void ReadContent(int content)
    {
        var whole = content + SHA256.HashSizeInBytes;
        ReadUpTo(whole);
        if (_length < whole)
        {
            throw Wrong(_length, $"the file ends here and should have {whole} bytes: it was cut short; copy or export it again.");
        }

        if (stream.ReadByte() >= 0)
        {
            throw Wrong(whole, $"the model ends here, but the file goes on: {Damaged}.");
        }

        if (!SHA256.HashData(_bytes.AsSpan(0, content)).AsSpan().SequenceEqual(_bytes.AsSpan(content, SHA256.HashSizeInBytes)))
        {
            throw Wrong(content, $"the checksum does not match: {Damaged}.");
        }
    }

    /// <summary>Reads on until there are so many bytes, or no more.</summary>
    private void ReadUpTo(int length)
    {
        while (_length < length)
        {
            if (_length == _bytes.Length)
            {
                // Of a file it is known how much there is; a stream has to show it.
                var known = stream.CanSeek ? Math.Max(_length + 1, _length + stream.Length - stream.Position) : 2L * _bytes.Length;
                Array.Resize(ref _bytes, (int)Math.Min(length, known));
            }

            var read = stream.Read(_bytes.AsSpan(_length, Math.Min(length, _bytes.Length) - _length));
            if (read == 0)
            {
                return;
            }

            _length += read;
        }
    }

    private ReadOnlyMemory<float> ReadArray(ModelArray array, int payload)
    {
        var values = new float[array.Length];
        var start = payload + (int)array.Offset;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(_bytes.AsSpan(start + (i * sizeof(float))));
        }

        if (Finite.FirstOther(values) is >= 0 and var at)
        {
            throw Wrong(start + (at * sizeof(float)), $"{array.Name}: number {at} is {values[at]}. A network with such a weight says nothing; export one whose training did not fail.");
        }

        return values;
    }

    private ModelFileException Wrong(long offset, string what, Exception? inner = null) => new($"{name}, byte {offset}: {what}", offset, inner);
}
