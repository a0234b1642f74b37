using System.Runtime.CompilerServices;

namespace CrossStitch.Web.Tests;

/// <summary>A server on a free port of this machine, and photos to send to it.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    /// <summary>Sixteen drawn faces, most of which the finder finds.</summary>
    public static byte[] Faces { get; } = File.ReadAllBytes(Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "docs", "images", "drawn-faces.png")));

    /// <summary>With the limits as they are.</summary>
    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.Start();

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
