using System.Security.Cryptography;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Kernels.Models;
using CrossStitch.Web.Answers;

namespace CrossStitch.Web.Analysis;

/// <summary>The finder and the reader of a server, loaded once; any number of workers use them.</summary>
internal sealed class ServedModels : IDisposable
{
    private const int DigitsOfId = 12;

    /// <summary>Loads the models.</summary>
    /// <param name="options">Which.</param>
    public ServedModels(FacesOptions options)
    {
        Finder = options.FinderFile is { } file ? FaceFinder.Load(file) : FaceFinder.LoadDefault();
        try
        {
            Reader = new FaceReader(Finder, options.ModelFile is { } model ? ModelFile.Load(model) : FaceReader.Default.Model);
        }
        catch
        {
            Finder.Dispose();
            throw;
        }

        Ids = new ModelIds(IdOf(Finder.Model), IdOf(Reader.Model));
    }

    /// <summary>Finds the faces.</summary>
    public FaceFinder Finder { get; }

    /// <summary>Reads them.</summary>
    public FaceReader Reader { get; }

    /// <summary>Which models these are.</summary>
    public ModelIds Ids { get; }

    public void Dispose()
    {
        Reader.Dispose();
        Finder.Dispose();
    }

    private static string IdOf(NetworkModel model)
    {
        using var file = new MemoryStream();
        ModelFile.Save(model, file);
        return Convert.ToHexStringLower(SHA256.HashData(file.ToArray()))[..DigitsOfId];
    }
}
