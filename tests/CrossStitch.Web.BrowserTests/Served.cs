using CrossStitch.Web.Hosting;
using CrossStitch.Web.Runs;
using Microsoft.AspNetCore.Builder;

namespace CrossStitch.Web.BrowserTests;

/// <summary>A server on a free port of this machine, in this process.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly WebApplication _server;

    private Served(WebApplication server) => _server = server;

    /// <summary>Where its page is.</summary>
    public string Url => $"{_server.Urls.First()}/";

    /// <summary>Starts one.</summary>
    /// <param name="faces">Limits and the token.</param>
    /// <param name="runs">Training runs.</param>
    /// <param name="url">Where; a free port where none is named.</param>
    public static async Task<Served> Start(Action<FacesOptions>? faces = null, ITrainingRuns? runs = null, string url = "http://127.0.0.1:0")
    {
        var server = FacesServer.Create(new FacesServerOptions { Urls = url.TrimEnd('/'), Faces = faces, Runs = runs });
        await server.StartAsync();
        return new Served(server);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }
}
