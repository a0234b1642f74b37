using CrossStitch.Faces.Reading;

namespace CrossStitch.Cli.Photos;

/// <summary>The models that read faces.</summary>
internal static class ReaderFiles
{
    /// <summary>Opens a reader.</summary>
    /// <param name="finder">The finder's file; null for the one that comes with the program.</param>
    /// <param name="model">The file of the network that reads faces; null for the one that comes with the program.</param>
    /// <exception cref="CrossStitchException">A file is missing in both places.</exception>
    /// <exception cref="Faces.FaceDataException">A file holds another kind of model.</exception>
    /// <exception cref="Kernels.Models.ModelFileException">A file is missing or broken.</exception>
    public static FaceReader Open(string? finder, string? model) => (finder, model) is ({ } one, { } other)
        ? FaceReader.Load(one, other)
        : throw new CrossStitchException($"{(finder is null ? "--finder" : "--model")} is missing: this program brings no models of its own. Name both files: --finder finder.xstitch --model faces.xstitch.");
}
