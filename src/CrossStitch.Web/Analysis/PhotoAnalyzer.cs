using System.Buffers;
using System.Diagnostics;
using CrossStitch.Faces;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Skia;
using CrossStitch.Web.Answers;
using CrossStitch.Web.Problems;
using Microsoft.Extensions.Logging;

namespace CrossStitch.Web.Analysis;

/// <summary>From a photo's file to its faces, within limits of size, time and how many at once.</summary>
internal sealed partial class PhotoAnalyzer(ServedModels models, AnalysisWorkers workers, FacesMetrics metrics, FacesOptions options, ILogger<PhotoAnalyzer> logger)
{
    /// <summary>What messages call a photo: its file's name stays the client's own.</summary>
    private const string Name = "photo";

    /// <summary>A face that is looked for has at least this share of the photo's longer side, so that a large photo takes no longer than a middling one.</summary>
    private const float SmallestShare = 1 / 40f;

    /// <summary>Finds and reads the faces of a photo.</summary>
    /// <param name="file">Its file's content; in use until the task ends.</param>
    /// <param name="patient">Whether to wait for room in the queue, rather than be refused.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="RequestProblem">It was refused.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<PhotoAnswer> Analyze(ArraySegment<byte> file, bool patient, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Timeout);
        try
        {
            var answer = await workers.Run((waited, stop) => Analyze(file, waited, stop), patient, limit.Token);
            metrics.Count(answer);
            LogAnswer(answer.Width, answer.Height, answer.Faces.Count, answer.Timings.Total);
            return answer;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Counted(RequestProblem.TimedOut(options.Timeout));
        }
        catch (OperationCanceledException)
        {
            metrics.Count("canceled");
            throw;
        }
        catch (RequestProblem problem)
        {
            throw Counted(problem);
        }
        catch (Exception error)
        {
            LogFault(error);
            throw Counted(RequestProblem.Internal());
        }
    }

    private RequestProblem Counted(RequestProblem problem)
    {
        metrics.Count(problem.Code);
        LogRefusal(problem.Code);
        return problem;
    }

    private PhotoAnswer Analyze(ArraySegment<byte> file, TimeSpan waited, CancellationToken cancellation)
    {
        // A photo's pixels are many: new room for each would keep the collector busy and the memory large.
        byte[] room = [];
        try
        {
            var start = Stopwatch.GetTimestamp();
            var (width, height) = Decode(file, pixels => room = ArrayPool<byte>.Shared.Rent(pixels));
            var decoded = Stopwatch.GetTimestamp();
            cancellation.ThrowIfCancellationRequested();
            var photo = new PhotoPixels(room, width, height, PixelFormat.Gray);
            var found = models.Finder.Find(photo, Search(width, height), cancellation);
            var searched = Stopwatch.GetTimestamp();
            var faces = models.Reader.ReadAt(photo, [.. found.Select(face => face.Box)], cancellation);
            var read = Stopwatch.GetTimestamp();
            var queue = waited.TotalMilliseconds;
            return new PhotoAnswer(
                width,
                height,
                [.. faces.Zip(found, (face, find) => FaceAnswer.Of(face with { Score = find.Score }))],
                models.Ids,
                new TimingsAnswer(Round(queue), Between(start, decoded), Between(decoded, searched), Between(searched, read), Round(queue + Stopwatch.GetElapsedTime(start, read).TotalMilliseconds)));
        }
        finally
        {
            if (room.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(room);
            }
        }
    }

    private (int Width, int Height) Decode(ArraySegment<byte> file, Func<int, byte[]> room)
    {
        try
        {
            using var encoded = new EncodedPhoto(file, Name, new PhotoLimits(int.MaxValue, long.MaxValue, 4));
            var limits = PhotoLimits.Colour(options.MostPixels);
            if ((long)encoded.Width * encoded.Height > limits.Pixels || encoded.Memory > limits.Memory)
            {
                throw RequestProblem.TooManyPixels($"The photo has {encoded.Width}×{encoded.Height} pixels and takes {encoded.Memory / 1_000_000} MB to decode; at most {limits.PixelsInWords} pixels and {limits.Memory / 1_000_000} MB are allowed: make it smaller.");
            }

            encoded.DecodeUprightGray(room, out var turn);
            return (turn.Width, turn.Height);
        }
        catch (FaceDataException error)
        {
            throw RequestProblem.NotAnImage(error.Message);
        }
    }

    private static FinderOptions Search(int width, int height)
    {
        var usual = new FinderOptions();
        return usual with { SmallestFace = Math.Max(usual.SmallestFace, SmallestShare * Math.Max(width, height)) };
    }

    private static double Between(long start, long end) => Round(Stopwatch.GetElapsedTime(start, end).TotalMilliseconds);

    private static double Round(double milliseconds) => Math.Round(milliseconds, 2);

    [LoggerMessage(1, LogLevel.Information, "A photo of {Width}×{Height} pixels with {Faces} faces in {Milliseconds} ms.")]
    private partial void LogAnswer(int width, int height, int faces, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "A photo was refused: {Code}.")]
    private partial void LogRefusal(string code);

    [LoggerMessage(3, LogLevel.Error, "A photo could not be analyzed.")]
    private partial void LogFault(Exception error);
}
