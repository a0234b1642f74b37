using CrossStitch.Faces.Training.Data;

namespace CrossStitch.Faces.Training.Annotations;

/// <summary>
/// The bounds of everything that reads a stranger's faces, in one place: what is beyond them is refused in one line, before
/// memory is taken for it. All real data sets lie well within them; tests use smaller ones.
/// </summary>
internal sealed record FaceLimits
{
    /// <summary>The bounds of the program.</summary>
    public static FaceLimits Default { get; } = new();

    /// <summary>The most bytes of an annotation file: room for as many <see cref="Faces"/>, at twice the length of MTFL's lines.</summary>
    public int AnnotationBytes { get; init; } = 64 << 20;

    /// <summary>The most lines of an annotation or box file, blank ones among them.</summary>
    public int Lines { get; init; } = 1_000_000;

    /// <summary>The most characters of a line: a path as long as systems allow. Of a longer line nothing is kept.</summary>
    public int LineLength { get; init; } = 4096;

    /// <summary>The most faces of a split: half as many again as CelebA has, and their crops fill about a gigabyte.</summary>
    public int Faces { get; init; } = DrawnData.MostFaces;

    /// <summary>The most invalid faces that are listed: a file with more is not in the layout of MTFL.</summary>
    public int Problems { get; init; } = 100_000;

    /// <summary>The most files in an archive: pictures for almost all faces of both splits.</summary>
    public int Files { get; init; } = 500_000;

    /// <summary>The most bytes of a picture file.</summary>
    public int PictureBytes { get; init; } = 64 << 20;

    /// <summary>The most characters of a box file: a full one has lines of 64.</summary>
    public int BoxCharacters { get; init; } = 64 << 20;

    /// <summary>The most boxes on one picture: twice the fullest picture of a crowd that data sets have. The work for a face grows with it.</summary>
    public int BoxesOnPicture { get; init; } = 5000;

    /// <summary>The bytes of picture files that are in memory at once, on however many cores; a larger file is read alone.</summary>
    public long FileMemory { get; init; } = 64 << 20;

    /// <summary>The bytes that pictures take that are decoded at once, on however many cores; one that takes more is decoded alone.</summary>
    public long DecodingMemory { get; init; } = 256 << 20;

    /// <summary>How many pictures are worked on at once, where memory allows it.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;
}
