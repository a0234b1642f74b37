using CrossStitch.Faces.Finding;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>The networks of a finder.</summary>
/// <param name="Scan">The one that slides over the photo.</param>
/// <param name="Check">The one that looks at what it finds.</param>
public sealed record FinderModels(NetworkModel Scan, NetworkModel Check)
{
    /// <summary>Saves both; the second beside the first, as <see cref="FaceFinder.CheckFile"/> says.</summary>
    /// <param name="path">The first one's file.</param>
    /// <exception cref="CrossStitchException">A file cannot be written.</exception>
    public void Save(string path)
    {
        try
        {
            // The first file says that both are there.
            ModelFile.Save(Check, FaceFinder.CheckFile(path));
            ModelFile.Save(Scan, path);
        }
        catch (ModelFileException error)
        {
            throw new CrossStitchException(error.Message, error);
        }
    }
}
