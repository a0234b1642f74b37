using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Tests;

/// <summary>The real MTFL, where environment variables say where it is; tests that need it are skipped elsewhere.</summary>
internal static class RealFaces
{
    public static MtflArchive Open() => MtflArchive.Open(PathIn("CROSSSTITCH_MTFL"));

    public static BoxFile Boxes() => BoxFile.Read(PathIn("CROSSSTITCH_MTFL_BOXES"));

    private static string PathIn(string variable)
    {
        var path = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(path), $"{variable} is not set.");
        return path!;
    }
}
