namespace CrossStitch.Web.BrowserTests;

/// <summary>The drawn pictures that ship with the page.</summary>
internal static class Sample
{
    /// <summary>Where a picture is.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "samples", $"{name}.jpeg");

    /// <summary>Its bytes.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));
}
