using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces;

/// <summary>The models that are part of this assembly.</summary>
internal static class PackagedModel
{
    /// <summary>Reads one.</summary>
    /// <param name="name">Its file's name.</param>
    public static NetworkModel Load(string name)
    {
        using var file = typeof(PackagedModel).Assembly.GetManifestResourceStream(name)!;
        return ModelFile.Load(file);
    }
}
