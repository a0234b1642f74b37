using CrossStitch.Faces.Skia;

namespace CrossStitch.Cli.Photos;

/// <summary>A photo that a command was asked for, or why there is none.</summary>
/// <param name="Name">How results and messages call it: as the user wrote it, with what a folder or a pattern added.</param>
internal sealed record PhotoSource(string Name)
{
    /// <summary>The name of standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Why there is no photo, in one line; null if there may be one.</summary>
    public string? Problem { get; init; }

    /// <summary>The name of a file that shows it: as in the folder that was asked for, without an ending.</summary>
    public string Stem { get; init; } = "";

    /// <summary>The bytes of its file; 0 where they are not known.</summary>
    public long Length
    {
        get
        {
            try
            {
                return Name == StandardInput ? 0 : new FileInfo(Name).Length;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                // Loading it says what is wrong with it.
                return 0;
            }
        }
    }

    /// <summary>Loads it.</summary>
    /// <param name="input">Opens standard input.</param>
    /// <param name="beforeDecoding">Told what decoding takes, before it is taken.</param>
    /// <exception cref="Faces.FaceDataException">It cannot be read, or is no photo.</exception>
    /// <exception cref="IOException">Standard input cannot be read.</exception>
    public Photo Load(Func<Stream> input, Action<long> beforeDecoding)
    {
        if (Name != StandardInput)
        {
            return Photo.Load(Name, new PhotoOptions { BeforeDecoding = beforeDecoding });
        }

        using var stream = input();
        return Photo.Load(stream, new PhotoOptions { Name = "standard input", BeforeDecoding = beforeDecoding });
    }
}
