using System.Net;
using CrossStitch.Web.Hosting;

namespace CrossStitch.Web.Tests;

/// <summary>Who may ask.</summary>
public sealed class AccessTests
{
    private const string Token = "open-sesame";

    [Theory]
    [InlineData(null, null, 401)]
    [InlineData("Bearer wrong", null, 401)]
    [InlineData("Basic open-sesame", null, 401)]
    [InlineData("Bearer open-sesame", null, 200)]
    [InlineData("bearer  open-sesame ", null, 200)]
    [InlineData(null, "crossstitch-token=open-sesame", 200)]
    [InlineData(null, "crossstitch-token=other", 401)]
    public async Task With_a_token_only_who_shows_it_is_answered(string? authorization, string? cookie, int status)
    {
        await using var server = await TestServer.Start(faces => faces.Token = Token);
        foreach (var path in new[] { "/v1/model", "/v1/runs" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
            using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            if (status == 401)
            {
                await TestServer.Problem(response, 401, "token-missing");
                Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            }
            else
            {
                Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Nobody_without_the_token_makes_the_server_work()
    {
        await using var server = await TestServer.Start(faces => faces.Token = Token);
        await TestServer.Problem(await server.Analyze(TestServer.Picture(ServerFixture.Faces)), 401, "token-missing");
        await TestServer.Problem(await server.Client.PostAsync("/v1/analyze/batch", TestServer.Form(("x", ServerFixture.Faces)), TestContext.Current.CancellationToken), 401, "token-missing");
        Assert.True((await server.Client.GetAsync("/", TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        Assert.True((await server.Client.GetAsync("/health/live", TestContext.Current.CancellationToken)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 200)]
    [InlineData("none", 200)]
    public async Task A_page_of_another_site_is_refused(string site, int status)
    {
        await using var server = await TestServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/analyze") { Content = TestServer.Form(("x", ServerFixture.Faces)) };
        request.Headers.Add("Sec-Fetch-Site", site);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("localhost:1234", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("photos.example", 400)]
    public async Task Without_a_token_only_names_of_this_machine_are_answered_to(string host, int status)
    {
        await using var server = await TestServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/model");
        request.Headers.Host = host;
        Assert.Equal(status, (int)(await server.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/model")]
    [InlineData("/nowhere")]
    [InlineData("/health/live")]
    [InlineData("/v1/openapi.json")]
    public async Task Browsers_are_told_to_trust_nothing_else(string path)
    {
        await using var server = await TestServer.Start();
        using var response = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1:5080/path")]
    [InlineData("http://127.0.0.1:99999")]
    public void What_is_no_address_is_refused(string urls) => Assert.Throws<ArgumentException>(() => ServerUrls.Parse(urls));

    [Fact]
    public void An_address_is_local_when_only_this_machine_reaches_it()
    {
        Assert.True(ServerUrls.AreLocal(ServerUrls.Parse("http://127.0.0.1:1;http://localhost:2;http://[::1]:3")));
        Assert.False(ServerUrls.AreLocal(ServerUrls.Parse("http://127.0.0.1:1;http://*:2")));
        Assert.False(ServerUrls.AreLocal(ServerUrls.Parse("http://0.0.0.0:1")));
    }
}
