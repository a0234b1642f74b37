using CrossStitch.Web.Endpoints;
using CrossStitch.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrossStitch.Web.Hosting;

/// <summary>
/// A server of its own: API and page, with the limits that a server open to strangers needs. Start it with
/// <c>StartAsync</c>; <c>StopAsync</c> lets requests in flight finish.
/// </summary>
public static class FacesServer
{
    private const int MostConnections = 1000;
    private const int SlowestBytesPerSecond = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    // Connections that ask nothing count too: a browser opens new ones when it needs them.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(25);

    /// <summary>Sets a server up. Environment variables and files of settings change nothing of it.</summary>
    /// <param name="options">How.</param>
    /// <returns>The server, not yet started; dispose it after use.</returns>
    /// <exception cref="ArgumentException">A limit or an address is none.</exception>
    /// <exception cref="Faces.FaceDataException">A model's file holds another kind of model.</exception>
    /// <exception cref="Kernels.Models.ModelFileException">A model's file is missing or broken.</exception>
    public static WebApplication Create(FacesServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var urls = ServerUrls.Parse(options.Urls);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "crossstitch" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Limit).UseUrls([.. urls.Select(url => url.ToString())]);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        options.Logging?.Invoke(builder.Logging);
        builder.Services.AddCrossStitchFaces(options.Faces);
        if (options.Runs is { } runs)
        {
            builder.Services.AddSingleton(runs);
        }

        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = ["*"]);
        builder.Services.AddOptions<HostFilteringOptions>().Configure<FacesOptions>((filter, faces) =>
        {
            // A page of another site must not reach a server of this machine alone under a name of its own that it lets point here.
            // What others call a server that listens for them, nobody knows: there, the token keeps such pages out.
            if (faces.Token is null)
            {
                filter.AllowedHosts = [.. urls.Where(url => !url.IsLoopback).Select(url => url.Host), "localhost", "127.0.0.1", "[::1]"];
            }
        });
        var app = builder.Build();
        try
        {
            app.Use(SendSafeHeaders);
            app.UseHostFiltering();
            app.MapCrossStitchFaces();
            app.MapCrossStitchPage();
            app.Use(AnswerNowhere);
            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    private static Task SendSafeHeaders(HttpContext context, RequestDelegate next)
    {
        SafeHeaders.Apply(context.Response.Headers);
        return next(context);
    }

    private static Task AnswerNowhere(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not null)
        {
            return next(context);
        }

        return RequestProblem.NotFound("There is nothing here; the API is described at /v1/openapi.json.").Result(context).ExecuteAsync(context);
    }

    private static void Limit(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxConcurrentConnections = MostConnections;
        server.Limits.RequestHeadersTimeout = Patience;
        server.Limits.KeepAliveTimeout = LongestIdle;
        server.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, Patience);
        server.Limits.MinResponseDataRate = new MinDataRate(SlowestBytesPerSecond, Patience);
    }
}
