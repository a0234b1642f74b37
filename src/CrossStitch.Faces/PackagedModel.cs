using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces;

/// <summary>The models that are part of this assembly.</summary>
internal static class PackagedModel
{
    /// <summary>The network that finds faces.</summary>
    public const string Finder = "finder.xstitch";

    /// <summary>The network that reads faces.</summary>
    public const string Reader = "reader.xstitch";

    /// <summary>The network that looks at them a second time.</summary>
    public const string SecondLook = "second-look.xstitch";

    /// <summary>Reads one.</summary>
    /// <param name="name">Its file's name.</param>
    public static NetworkModel Load(string name)
    {
        using var file = typeof(PackagedModel).Assembly.GetManifestResourceStream(name)!;
        return ModelFile.Load(file);
    }
}
