using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using CrossStitch.Sharing;

namespace CrossStitch.Parameters;

/// <summary>A network's parameters as bytes: for each block, in order, its name, its shape and its 32-bit floats.</summary>
public static partial class NetworkWeights
{
    /// <summary>Longest name of an error's message.</summary>
    private const int LongestShown = 80;

    /// <summary>Reads the parameters out of a network.</summary>
    /// <param name="parameters">Its parameters.</param>
    public static byte[] Save(ParameterSet parameters)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        for (var i = 0; i < parameters.Blocks.Count; i++)
        {
            writer.Write(parameters.Blocks[i].Name);
            writer.Write(string.Join('x', parameters.Blocks[i].Shape));
            writer.Write(MemoryMarshal.AsBytes(parameters.Numbers(i)));
        }

        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>Puts parameters back into a network. Those of version 0.1.0 are read too.</summary>
    /// <param name="network">Whose; it stays as it is if the bytes are refused.</param>
    /// <param name="bytes">What <see cref="Save"/> gave.</param>
    /// <exception cref="CrossStitchException">They are of another network, or one of them is not finite.</exception>
    public static void Load(Network network, byte[] bytes) => network.Parameters.CopyFrom(Read(network, bytes));

    /// <summary>Reads parameters and leaves the network as it is; otherwise as <see cref="Load"/>.</summary>
    internal static ParameterSet Read(Network network, byte[] bytes)
    {
        var parameters = network.Parameters;
        var read = new ParameterSet(parameters.Blocks);
        var missing = parameters.Blocks.Select(block => block.Name).ToHashSet();
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            while (reader.BaseStream.Position < bytes.Length)
            {
                var (name, shape) = (NameOf(reader.ReadString(), network.Description), reader.ReadString());
                var block = parameters.Contains(name) ? parameters.Blocks[parameters.PlaceOf(name)] : null;
                if (block is null || shape != string.Join('x', block.Shape) || !missing.Remove(name))
                {
                    throw new CrossStitchException($"The weights are of another network: they have {Shown(name)} [{Shown(shape)}], and this one has {(block is null ? "no such parameters" : $"[{string.Join('x', block.Shape)}]")}.");
                }

                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(read[name]));
            }
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            throw new CrossStitchException("The weights are of another network, or damaged: they end in the middle.", error);
        }

        if (missing.Count > 0)
        {
            throw new CrossStitchException($"The weights are of another network: they lack {missing.Order().First()}.");
        }

        if (read.FirstNotFinite() is { } other)
        {
            throw new CrossStitchException($"The weights are of a network whose training failed: {other}. Train it again, with a lower learning rate.");
        }

        return read;
    }

    /// <summary>A text of a file, fit for a message.</summary>
    private static string Shown(string text) =>
        string.Concat(text.Take(LongestShown).Select(letter => char.IsLetterOrDigit(letter) || char.IsPunctuation(letter) || letter == ' ' ? letter : '?')) + (text.Length > LongestShown ? "…" : "");

    /// <summary>The name of a block, given the one that it has in a checkpoint, of this version or of 0.1.0.</summary>
    private static string NameOf(string name, NetworkDescription network)
    {
        var parts = Legacy().Match(name);
        if (!parts.Success)
        {
            return name;
        }

        var stages = network.Shape.Stages;
        string Stage(string number) => int.Parse(number) is var stage && stage < stages.Count ? stages[stage].Name : number;
        return parts.Groups["tower"].Success ? $"tower{parts.Groups["tower"].Value}.{Stage(parts.Groups["layer"].Value)}.{parts.Groups["what"].Value}"
            : parts.Groups["head"].Success ? $"head.{(int.Parse(parts.Groups["head"].Value) is var head && head < network.Tasks.Count ? network.Tasks[head].Name : "")}.{parts.Groups["part"].Value}"
            : parts.Groups["unit"].Success ? $"stitch.{Stage(parts.Groups["unit"].Value)}.alpha"
            : $"relation.{parts.Groups["map"].Value}";
    }

    [GeneratedRegex(@"^(_towers\.(?<tower>\d{1,4})\._layers\.(?<layer>\d{1,4})\._(?<what>weight|bias)|_heads\.(?<head>\d{1,4})\.(?<part>weight|bias)|_stitches\.(?<unit>\d{1,4})\._alpha|_relation\._(?<map>scale|shift))$")]
    private static partial Regex Legacy();
}
