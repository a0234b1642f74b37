using System.Diagnostics;
using System.Text.Json;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using CrossStitch.Web.Answers;

namespace CrossStitch.Benchmarks.Servers;

/// <summary>The same work without a server: a thread a core, each of which decodes, finds, reads and writes photo after photo.</summary>
internal static class LibraryLoop
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Runs it for a while.</summary>
    /// <param name="photos">The photos' files.</param>
    /// <param name="duration">How long.</param>
    public static LoopResult Run(IReadOnlyList<string> photos, TimeSpan duration)
    {
        var files = photos.Select(File.ReadAllBytes).ToList();
        using var finder = FaceFinder.LoadDefault();
        using var reader = new FaceReader(finder, FaceReader.Default.Model, secondLook: FaceReader.Default.SecondLook);
        var threads = new long[Environment.ProcessorCount][];
        var begun = Stopwatch.GetTimestamp();
        Parallel.For(0, threads.Length, new ParallelOptions { MaxDegreeOfParallelism = threads.Length }, thread =>
        {
            var ticks = threads[thread] = new long[5];
            while (Stopwatch.GetElapsedTime(begun) < duration)
            {
                One(files[(int)((ticks[4] + thread) % files.Count)], finder, reader, ticks);
                ticks[4]++;
            }
        });
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var sums = Enumerable.Range(0, 5).Select(i => (double)threads.Sum(ticks => ticks[i])).ToArray();
        var all = sums.Take(4).Sum();
        return new LoopResult(sums[4] / seconds, sums[0] / all, sums[1] / all, sums[2] / all, sums[3] / all);
    }

    private static void One(byte[] file, FaceFinder finder, FaceReader reader, long[] ticks)
    {
        var start = Stopwatch.GetTimestamp();
        var photo = Photo.Load(file);
        var decoded = Stopwatch.GetTimestamp();
        var found = finder.Find(photo.Pixels);
        var searched = Stopwatch.GetTimestamp();
        var faces = reader.ReadAt(photo.Pixels, [.. found.Select(face => face.Box)]);
        var read = Stopwatch.GetTimestamp();
        _ = JsonSerializer.SerializeToUtf8Bytes(faces.Select(FaceAnswer.Of), Json);
        ticks[0] += decoded - start;
        ticks[1] += searched - decoded;
        ticks[2] += read - searched;
        ticks[3] += Stopwatch.GetTimestamp() - read;
    }
}
