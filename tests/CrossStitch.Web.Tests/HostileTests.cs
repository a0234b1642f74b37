using System.Net;
using System.Net.Sockets;
using System.Text;
using SkiaSharp;

namespace CrossStitch.Web.Tests;

/// <summary>Pictures with bytes changed, and requests that are none: an answer each, and a server that goes on.</summary>
[Collection(MeasuredMemory.Name)]
public sealed class HostileTests
{
    private static readonly bool Slow = Environment.GetEnvironmentVariable("CROSSSTITCH_SLOW_TESTS") == "1";

    [Fact]
    public async Task Mutated_pictures_are_answered_or_refused_and_leave_nothing_behind()
    {
        await using var server = await TestServer.Start();
        var (random, seeds) = (new Random(1), Pictures());
        var (pictures, settled, before) = Slow ? (10_000, 3000, 0L) : (300, 100, 0L);
        for (var i = 0; i < pictures; i++)
        {
            using var response = await server.Analyze(TestServer.Picture(Mutate(seeds[i % seeds.Length], random)));
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest, $"Picture {i}: {(int)response.StatusCode}.");
            if (i == settled)
            {
                before = Settled();
            }
        }

        // Until then, the pools of arrays fill; after the first hundred they may still grow a little.
        Assert.InRange(Settled() - before, long.MinValue, Slow ? 5_000_000 : 20_000_000);
        Assert.True((await server.Analyze(TestServer.Picture(ServerFixture.Faces))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Malformed_requests_end_and_the_server_goes_on()
    {
        await using var server = await TestServer.Start();
        var random = new Random(2);
        for (var i = 0; i < (Slow ? 1000 : 100); i++)
        {
            using var client = await server.Connect();
            var stream = client.GetStream();
            try
            {
                await stream.WriteAsync(Malformed(random), TestContext.Current.CancellationToken);
                client.Client.Shutdown(SocketShutdown.Send);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
                limit.CancelAfter(TimeSpan.FromSeconds(20));
                var answer = new byte[1 << 16];
                var length = await stream.ReadAsync(answer, limit.Token);
                var status = Encoding.ASCII.GetString(answer, 0, Math.Min(length, 12));
                Assert.True(length == 0 || (status.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && !status.EndsWith("500", StringComparison.Ordinal)), $"Request {i}: {status}");
            }
            catch (IOException)
            {
                // The server has closed the connection.
            }
        }

        Assert.True((await server.Analyze(TestServer.Picture(ServerFixture.Faces))).IsSuccessStatusCode);
    }

    private static long Settled()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static byte[][] Pictures()
    {
        using var bitmap = SKBitmap.Decode(ServerFixture.Faces);
        using var part = new SKBitmap(160, 120);
        Assert.True(bitmap.ExtractSubset(part, SKRectI.Create(0, 0, 160, 120)));
        return [.. new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp }.Select(format => part.Encode(format, 80).ToArray()), Gif()];
    }

    /// <summary>One gray pixel.</summary>
    private static byte[] Gif() => Convert.FromHexString("47494638396101000100800000808080000000" + "2C00000000010001000002024401003B");

    private static byte[] Mutate(byte[] picture, Random random)
    {
        var bytes = picture.ToArray();
        for (var changes = random.Next(1, 12); changes > 0; changes--)
        {
            // Heads are worth more tries than pixels.
            var at = random.Next(random.Next(3) == 0 ? bytes.Length : Math.Min(bytes.Length, 200));
            bytes[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(bytes[at] ^ (1 << random.Next(8))), _ => 0xFF };
        }

        return random.Next(4) == 0 ? bytes[..random.Next(1, bytes.Length)] : bytes;
    }

    private static byte[] Malformed(Random random)
    {
        string[] methods = ["GET", "POST", "PUT", "get", "\0", "TRACE", ""];
        string[] paths = ["/v1/analyze", "/v1/analyze/batch", "/v1/runs/%2e%2e%2f%2e%2e", "/../../etc/passwd", "*", "/%", "/v1/" + new string('a', 9000), "http://elsewhere/v1/analyze"];
        string[] heads =
        [
            "Host: 127.0.0.1", "Host: a\r\nHost: b", "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5", "Transfer-Encoding: chunked",
            "Content-Type: multipart/form-data; boundary=\"", "Content-Type: multipart/form-data; boundary=x", "Content-Type: \x01", "Cookie: " + new string('c', 40_000), "X: " + new string('y', 500), "no colon", ": empty", "Authorization: Bearer \xff",
        ];
        string[] bodies = ["", "zz\r\n", "5\r\nabc", "ffffffffffffffff\r\n", "--x\r\nContent-Disposition: form-data; filename=a\r\n\r\n--x", "--x\r\n" + new string('h', 20_000), "\0\0\0\0\0"];
        var request = new StringBuilder($"{Pick(methods)} {Pick(paths)} HTTP/1.{random.Next(3)}\r\n");
        for (var i = random.Next(5); i >= 0; i--)
        {
            request.Append(Pick(heads)).Append(random.Next(10) == 0 ? "\n" : "\r\n");
        }

        return Encoding.Latin1.GetBytes(request.Append("\r\n").Append(Pick(bodies)).ToString());

        string Pick(string[] from) => from[random.Next(from.Length)];
    }
}
