using System.Reflection;
using CrossStitch.Build;

namespace CrossStitch.Torch.Tests.Native;

/// <summary>The Linux library of the TorchSharp package, and a folder to put fitted copies in.</summary>
public sealed class TorchSharpLibrary : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crossstitch-native-");

    /// <summary>The library in the NuGet cache: only ever read.</summary>
    public static string Original { get; } = System.IO.Path.Combine(
        typeof(TorchSharpLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "TorchSharpPackage").Value!,
        "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    /// <summary>A path in a folder of this test's own.</summary>
    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>A file in that folder.</summary>
    public string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(Path(name), content);
        return Path(name);
    }

    /// <summary>The library, fitted to a system that ends at a version.</summary>
    public string FittedTo(string version)
    {
        var fitted = Path($"fitted-{version}.so");
        Assert.True(GlibcxxPatch.Write(Original, fitted, Glibcxx.UpTo(version)));
        return fitted;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
