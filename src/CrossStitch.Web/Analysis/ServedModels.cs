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
            var (model, second) = (options.ModelFile, options.SecondLookFile);
            Reader = new FaceReader(
                Finder,
                model is null ? FaceReader.Default.Model : ModelFile.Load(model),
                secondLook: second is not null ? ModelFile.Load(second) : model is null ? FaceReader.Default.SecondLook : null);
        }
        catch
        {
            Finder.Dispose();
            throw;
        }

        Ids = new ModelIds(IdOf(Finder.Model), IdOf(Reader.Model, Reader.SecondLook));
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

    private static string IdOf(params NetworkModel?[] models)
    {
        using var file = new MemoryStream();
        foreach (var model in models.OfType<NetworkModel>())
        {
            ModelFile.Save(model, file);
        }

        return Convert.ToHexStringLower(SHA256.HashData(file.ToArray()))[..DigitsOfId];
    }
}
