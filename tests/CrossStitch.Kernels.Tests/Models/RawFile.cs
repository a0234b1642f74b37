using System.Security.Cryptography;
using System.Text;

namespace CrossStitch.Kernels.Tests.Models;

/// <summary>
/// Writes model files from docs/model-file.md alone, without the library: right ones and, with a checksum that matches,
/// wrong ones.
/// </summary>
internal static class RawFile
{
    /// <summary>
    /// One 2×3 input; one stage of one 2×2 kernel; two towers, stitched; a head of two outputs on tower 1, one of one on
    /// tower 0.
    /// </summary>
    public const string SmallHeader =
        """
        {
          "input": { "channels": 1, "height": 2, "width": 3, "channelNames": [], "low": 0, "high": 1, "scale": 1, "offset": 0, "standardized": false, "minimumDeviation": 0,
                     "crop": { "region": "square", "margin": 0.25, "resampling": "tent", "edges": "lowest" } },
          "stages": [ { "channels": 1, "kernel": [2, 2], "pool": false } ],
          "towers": 2,
          "stitched": true,
          "heads": [ { "name": "colour", "kind": "classification", "tower": 1, "outputs": 2, "labels": ["red", "blue"] },
                     { "name": "place", "kind": "regression", "tower": 0, "outputs": 1, "labels": [], "unit": "box" } ],
          "metadata": { "producer": "hand" },
          "later": "what this version does not know is left alone"
        }
        """;

    /// <summary>The weights of <see cref="SmallHeader"/>, in the order of the file.</summary>
    public static readonly float[][] SmallArrays =
    [
        [1, 2, 3, 4], [0.5f],
        [-1, 0, 0, 1], [0],
        [1, 0, 0.25f, 2],
        [1, 0, 0, 10], [100, 200],
        [2, 0], [1],
    ];

    public static byte[] Small => Bytes(SmallHeader, SmallArrays);

    public static byte[] Bytes(string header, params float[][] arrays) => Bytes(Encoding.UTF8.GetBytes(header), Payload(arrays));

    public static byte[] Bytes(byte[] header, byte[] payload, uint version = 2, uint? headerLength = null, ulong? payloadLength = null)
    {
        var file = new List<byte>([0x89, .. "XSTITCH"u8]);
        AddNumber(file, version, 4);
        AddNumber(file, headerLength ?? (uint)header.Length, 4);
        AddNumber(file, payloadLength ?? (ulong)payload.Length, 8);
        file.AddRange(header);
        Fill(file);
        file.AddRange(payload);
        file.AddRange(SHA256.HashData([.. file]));
        return [.. file];
    }

    public static byte[] Payload(params float[][] arrays)
    {
        var payload = new List<byte>();
        foreach (var array in arrays)
        {
            foreach (var number in array)
            {
                AddNumber(payload, BitConverter.SingleToUInt32Bits(number), 4);
            }

            Fill(payload);
        }

        return [.. payload];
    }

    /// <summary>The same file with another checksum: that of what it holds now.</summary>
    public static byte[] Sealed(byte[] file)
    {
        SHA256.HashData(file.AsSpan(0, file.Length - 32), file.AsSpan(file.Length - 32));
        return file;
    }

    private static void AddNumber(List<byte> to, ulong number, int bytes)
    {
        for (var i = 0; i < bytes; i++)
        {
            to.Add((byte)(number >> (8 * i)));
        }
    }

    private static void Fill(List<byte> bytes)
    {
        while (bytes.Count % 64 != 0)
        {
            bytes.Add(0);
        }
    }
}
