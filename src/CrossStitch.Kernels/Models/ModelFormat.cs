namespace CrossStitch.Kernels.Models;

/// <summary>The frame of a model file; docs/model-file.md describes it byte by byte.</summary>
internal static class ModelFormat
{
    /// <summary>Bytes before the header: magic (8), version (4), length of the header (4), length of the payload (8).</summary>
    public const int PreambleLength = 24;

    public const int VersionAt = 8;
    public const int HeaderLengthAt = 12;
    public const int PayloadLengthAt = 16;

    /// <summary>Bytes that a header may take.</summary>
    public const int MostHeader = 1 << 20;

    /// <summary>How a file begins: no text does, and no other format that we know.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'X', (byte)'S', (byte)'T', (byte)'I', (byte)'T', (byte)'C', (byte)'H'];

    /// <summary>Where the weights begin: the first multiple of the alignment behind the header.</summary>
    /// <param name="headerLength">Bytes of the header.</param>
    public static int PayloadAt(int headerLength) =>
        (PreambleLength + headerLength + ModelLayout.Alignment - 1) / ModelLayout.Alignment * ModelLayout.Alignment;
}
