using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using CrossStitch.Web.Hosting;
using Microsoft.AspNetCore.Builder;

namespace CrossStitch.Web.Tests;

/// <summary>A server that listens, and a client that asks it.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private TestServer(WebApplication application)
    {
        Application = application;
        Address = new Uri(application.Urls.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public WebApplication Application { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>Starts a server.</summary>
    public static async Task<TestServer> Start(Action<FacesOptions>? faces = null, FacesServerOptions? options = null)
    {
        var application = FacesServer.Create((options ?? new FacesServerOptions()) with { Urls = "http://127.0.0.1:0", Faces = faces });
        await application.StartAsync();
        return new TestServer(application);
    }

    /// <summary>A picture as a body of its own.</summary>
    public static ByteArrayContent Picture(byte[] file, string type = "image/png")
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    /// <summary>A form of files.</summary>
    public static MultipartFormDataContent Form(params (string Name, byte[] File)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, file) in files)
        {
            form.Add(Picture(file), "photo", name);
        }

        return form;
    }

    public Task<HttpResponseMessage> Analyze(HttpContent content) => Client.PostAsync("/v1/analyze", content, TestContext.Current.CancellationToken);

    /// <summary>Asserts a problem's status and code, and that it says something.</summary>
    public static async Task<JsonElement> Problem(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    public static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A bare connection.</summary>
    public async Task<TcpClient> Connect()
    {
        var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port, TestContext.Current.CancellationToken);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Application.DisposeAsync();
    }
}
