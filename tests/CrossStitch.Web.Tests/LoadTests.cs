using System.Diagnostics;
using System.Net;
using System.Text;
using SkiaSharp;

namespace CrossStitch.Web.Tests;

/// <summary>Too much at once, clients that dawdle or leave, and the end of a server.</summary>
public sealed class LoadTests
{
    /// <summary>Takes a worker about a second: there is much to search.</summary>
    private static readonly byte[] Large = Noise(5000, 4000);

    [Fact]
    public async Task Beyond_workers_and_queue_requests_are_refused_at_once()
    {
        await using var server = await TestServer.Start(faces => (faces.Workers, faces.Waiting, faces.Timeout) = (1, 1, TimeSpan.FromMinutes(1)));
        var begun = Stopwatch.GetTimestamp();
        var requests = Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await server.Analyze(TestServer.Picture(Large));
            return (response.StatusCode, response.Headers.RetryAfter?.Delta, Elapsed: Stopwatch.GetElapsedTime(begun));
        }).ToList();
        var answers = await Task.WhenAll(requests);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable).ToList();
        var served = answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).ToList();
        Assert.Equal(6, refused.Count + served.Count);

        // Two have room, but the second is refused where it comes before the worker has taken the first.
        Assert.InRange(served.Count, 1, 5);
        Assert.All(refused, answer => Assert.True(answer.Delta >= TimeSpan.FromSeconds(1)));
        Assert.True(refused.Min(answer => answer.Elapsed) < served.Max(answer => answer.Elapsed));
        Assert.True((await server.Analyze(TestServer.Picture(ServerFixture.Faces))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_photo_that_takes_too_long_is_given_up_and_the_worker_is_free_again()
    {
        await using var server = await TestServer.Start(faces => (faces.Workers, faces.Timeout) = (1, TimeSpan.FromMilliseconds(30)));
        await TestServer.Problem(await server.Analyze(TestServer.Picture(Large)), 503, "timed-out");
        await Until(() => Held(server) == 0);
    }

    [Fact]
    public async Task Who_leaves_stops_the_work()
    {
        await using var server = await TestServer.Start(faces => (faces.Workers, faces.Timeout) = (1, TimeSpan.FromMinutes(1)));
        using var leave = new CancellationTokenSource();
        var gone = server.Client.PostAsync("/v1/analyze", TestServer.Picture(Large), leave.Token);
        await Until(() => Held(server) >= Large.Length);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await Until(() => Held(server) == 0);
        Assert.True((await server.Analyze(TestServer.Picture(ServerFixture.Faces))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Whoever_sends_too_slowly_holds_nobody_up_and_is_sent_away()
    {
        await using var server = await TestServer.Start(faces => (faces.Workers, faces.ReceiveTimeout) = (1, TimeSpan.FromSeconds(1)));
        using var client = await server.Connect();
        var stream = client.GetStream();
        await stream.WriteAsync("POST /v1/analyze HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/png\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new byte[4096];
        var (dawdling, reading) = (Dawdle(stream), stream.ReadAsync(answer, TestContext.Current.CancellationToken).AsTask());
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await server.Analyze(TestServer.Picture(ServerFixture.Faces))).IsSuccessStatusCode);
        }

        var length = await reading;
        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        await dawdling;
        await Until(() => Held(server) == 0);
    }

    [Fact]
    public async Task What_all_requests_hold_together_is_bounded()
    {
        await using var server = await TestServer.Start(faces => (faces.MostBytes, faces.MostBytesHeld) = (200_000, 250_000));
        using var client = await server.Connect();
        var stream = client.GetStream();
        await stream.WriteAsync("POST /v1/analyze HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/png\r\nContent-Length: 150000\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await stream.WriteAsync(new byte[140_000], TestContext.Current.CancellationToken);
        await Until(() => Held(server) > 131_072);
        await TestServer.Problem(await server.Analyze(TestServer.Picture(ServerFixture.Faces)), 503, "busy");
        client.Close();
        await Until(() => Held(server) == 0);
        Assert.True((await server.Analyze(TestServer.Picture(ServerFixture.Faces))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_server_that_stops_finishes_what_it_is_at()
    {
        await using var server = await TestServer.Start(faces => (faces.Workers, faces.Timeout) = (1, TimeSpan.FromMinutes(1)));
        var flight = server.Analyze(TestServer.Picture(Large));
        await Until(() => Held(server) >= Large.Length);
        var stop = server.Application.StopAsync(TestContext.Current.CancellationToken);
        Assert.True((await flight).IsSuccessStatusCode);
        await stop;
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Client.GetAsync("/health/live", TestContext.Current.CancellationToken));
    }

    private static long Held(TestServer server) => ((Requests.HeldBytes)server.Application.Services.GetService(typeof(Requests.HeldBytes))!).Held;

    private static async Task Until(Func<bool> holds)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), "It took too long.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static async Task Dawdle(Stream stream)
    {
        try
        {
            for (var i = 0; i < 30; i++)
            {
                await stream.WriteAsync(new byte[1], TestContext.Current.CancellationToken);
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // The server has closed the connection.
        }
    }

    private static byte[] Noise(int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8));
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 30).ToArray();
    }
}
