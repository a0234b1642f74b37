using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CrossStitch.Web;
using CrossStitch.Web.Hosting;
using Microsoft.AspNetCore.Builder;

namespace CrossStitch.Benchmarks.Servers;

/// <summary>A server on this machine, and wrk that asks it.</summary>
internal sealed class ServerLoad : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly WebApplication _server;
    private readonly IReadOnlyList<string> _photos;
    private readonly int _connections;

    private ServerLoad(WebApplication server, IReadOnlyList<string> photos, int connections) => (_server, _photos, _connections) = (server, photos, connections);

    /// <summary>Starts the server, with the limits as they are.</summary>
    /// <param name="photos">The photos' files.</param>
    /// <param name="connections">Requests under way at once.</param>
    public static async Task<ServerLoad> Start(IReadOnlyList<string> photos, int connections)
    {
        var server = FacesServer.Create(new FacesServerOptions { Urls = "http://127.0.0.1:0" });
        await server.StartAsync();
        return new ServerLoad(server, photos, connections);
    }

    /// <summary>Asks for a while.</summary>
    /// <param name="duration">How long, in whole seconds.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CrossStitchException">There is no wrk, or it fails.</exception>
    public async Task<LoadResult> Run(TimeSpan duration, CancellationToken cancellation)
    {
        var seconds = duration.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("wrk", ["-t1", $"-c{_connections}", $"-d{seconds}s", "-s", Path.Combine("benchmarks", "server", "post.lua"), $"{_server.Urls.Single()}/v1/analyze", "--", .. _photos])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            using var wrk = Process.Start(start)!;
            var output = await wrk.StandardOutput.ReadToEndAsync(cancellation);
            await wrk.WaitForExitAsync(cancellation);
            var line = output.Split('\n').LastOrDefault(line => line.StartsWith('{')) ?? throw new CrossStitchException($"wrk printed no result: {output}");
            return JsonSerializer.Deserialize<LoadResult>(line, Json)!;
        }
        catch (Win32Exception error)
        {
            throw new CrossStitchException($"wrk cannot be started ({error.Message}): install it, on Debian with 'apt-get install wrk'.", error);
        }
    }

    /// <summary>Asks with as many clients as workers and queue hold, and with twice as many.</summary>
    /// <param name="duration">How long each.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<OverloadResult>> RunOverload(TimeSpan duration, CancellationToken cancellation)
    {
        var options = new FacesOptions();
        var capacity = options.Workers + options.Waiting;
        var address = new Uri(_server.Urls.Single());
        return [await Overload.Run(address, _photos, capacity, duration, cancellation), await Overload.Run(address, _photos, 2 * capacity, duration, cancellation)];
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
