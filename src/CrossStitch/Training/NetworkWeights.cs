using System.Runtime.InteropServices;
using CrossStitch.Sharing;
using static TorchSharp.torch;

namespace CrossStitch.Training;

/// <summary>A network's parameters as bytes: for each, in order, its name, its shape and its 32-bit floats.</summary>
public static class NetworkWeights
{
    /// <summary>Reads the parameters out of a network.</summary>
    /// <param name="network">Whose.</param>
    public static byte[] Save(MultiTaskNetwork network)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        foreach (var (name, parameter) in network.named_parameters())
        {
            writer.Write(name);
            writer.Write(string.Join('x', parameter.shape));
            using var values = parameter.detach().contiguous();
            writer.Write(MemoryMarshal.AsBytes<float>(values.data<float>().ToArray()));
        }

        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>Puts parameters back into a network.</summary>
    /// <param name="network">Whose.</param>
    /// <param name="bytes">What <see cref="Save"/> gave.</param>
    /// <exception cref="CrossStitchException">They are of another network.</exception>
    public static void Load(MultiTaskNetwork network, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        using var _ = no_grad();
        try
        {
            foreach (var (name, parameter) in network.named_parameters())
            {
                var (savedName, savedShape) = (reader.ReadString(), reader.ReadString());
                var shape = string.Join('x', parameter.shape);
                if (savedName != name || savedShape != shape)
                {
                    throw new CrossStitchException($"The weights are of another network: they have {savedName} [{savedShape}] where this one has {name} [{shape}].");
                }

                var values = new float[parameter.numel()];
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
                using var saved = tensor(values).reshape(parameter.shape);
                parameter.copy_(saved);
            }
        }
        catch (EndOfStreamException error)
        {
            throw new CrossStitchException("The weights are of another network: they hold fewer parameters than this one has.", error);
        }
    }
}
