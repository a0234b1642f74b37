using CrossStitch.Faces.Reading;

namespace CrossStitch.Cli.Photos;

/// <summary>The models that read faces.</summary>
internal static class ReaderFiles
{
    /// <summary>Opens a reader.</summary>
    /// <param name="finder">The finder's file; null for the one that comes with the program.</param>
    /// <param name="model">The file of the network that reads faces; null for the one that comes with the program.</param>
    /// <exception cref="CrossStitchException">There is no such network.</exception>
    /// <exception cref="Faces.FaceDataException">A file holds another kind of model.</exception>
    /// <exception cref="Kernels.Models.ModelFileException">A file is missing or broken.</exception>
    public static FaceReader Open(string? finder, string? model) => model is not null
        ? FaceReader.Load(finder, model)
        : throw new CrossStitchException("--model is missing: the network that reads faces is not part of this program yet. Name its file, as export saves it: --model faces.xstitch.");
}
