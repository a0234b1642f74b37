using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Cli.Photos;

/// <summary>What photos that are worked on at the same time may take together, however many threads there are; a larger one goes alone.</summary>
/// <param name="files">Bytes of their files.</param>
/// <param name="pixels">Bytes that decoding them takes.</param>
internal sealed class PhotoMemory(long files = 1 << 28, long pixels = 1_000_000_000)
{
    /// <summary>What all pass whose file is read.</summary>
    public MemoryGate Files { get; } = new(files);

    /// <summary>What all pass that are decoded, after <see cref="Files"/>.</summary>
    public MemoryGate Pixels { get; } = new(pixels);
}
