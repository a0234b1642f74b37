using System.Diagnostics;
using System.Net;

namespace CrossStitch.Benchmarks.Servers;

/// <summary>Clients that ask a server one after the other, and after a refusal wait a little: as many as it serves, or more.</summary>
internal static class Overload
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Lets clients ask for a while.</summary>
    /// <param name="address">Where.</param>
    /// <param name="photos">The photos' files.</param>
    /// <param name="clients">How many at once.</param>
    /// <param name="duration">How long.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<OverloadResult> Run(Uri address, IReadOnlyList<string> photos, int clients, TimeSpan duration, CancellationToken cancellation)
    {
        var files = photos.Select(File.ReadAllBytes).ToList();
        using var client = new HttpClient { BaseAddress = address };
        var begun = Stopwatch.GetTimestamp();
        var (served, refused) = (new List<double>(), new List<double>());
        await Task.WhenAll(Enumerable.Range(0, clients).Select(index => Task.Run(async () =>
        {
            for (var i = index; Stopwatch.GetElapsedTime(begun) < duration; i++)
            {
                var asked = Stopwatch.GetTimestamp();
                using var response = await client.PostAsync("/v1/analyze", new ByteArrayContent(files[i % files.Count]), cancellation);
                var milliseconds = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
                var isServed = response.StatusCode == HttpStatusCode.OK;
                lock (served)
                {
                    (isServed ? served : refused).Add(milliseconds);
                }

                if (!isServed)
                {
                    await Task.Delay(Pause, cancellation);
                }
            }
        }, cancellation)));
        served.Sort();
        refused.Sort();
        return new OverloadResult(clients, served, refused, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
