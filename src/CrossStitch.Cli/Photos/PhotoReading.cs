using CrossStitch.Cli.Errors;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Cli.Photos;

/// <summary>Reads photos, several at once; the outcomes come in the order of the photos.</summary>
/// <param name="reader">Reads faces.</param>
/// <param name="options">Which faces.</param>
/// <param name="isSingle">Whether each photo is known to show one face.</param>
/// <param name="input">Opens standard input.</param>
/// <param name="pictures">Where pictures of the results go; null for nowhere.</param>
/// <param name="threads">How many photos at once, as far as the memory reaches.</param>
/// <param name="memory">What they may take together.</param>
internal sealed class PhotoReading(FaceReader reader, FinderOptions options, bool isSingle, Func<Stream> input, DrawnPictures? pictures, int threads, PhotoMemory memory)
{
    /// <summary>Outcomes that may wait for a photo before them that takes longer, a thread.</summary>
    private const int MostWaiting = 8;

    /// <summary>Reads photos.</summary>
    /// <param name="photos">The photos.</param>
    /// <param name="cancellation">Stops it.</param>
    public IEnumerable<PhotoOutcome> Read(IReadOnlyList<PhotoSource> photos, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var free = new SemaphoreSlim(threads);
        var under = new Queue<Task<PhotoOutcome>>();
        var next = 0;
        try
        {
            while (next < photos.Count || under.Count > 0)
            {
                while (next < photos.Count && under.Count < MostWaiting * threads)
                {
                    var photo = photos[next++];
                    under.Enqueue(Start(photo, free, stop.Token));
                }

                yield return under.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            // Whoever reads the outcomes may have gone: a closed pipe, or Ctrl-C.
            stop.Cancel();
            Task.WhenAll(under).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    private Task<PhotoOutcome> Start(PhotoSource photo, SemaphoreSlim free, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            await free.WaitAsync(cancellation);
            try
            {
                return Read(photo, cancellation);
            }
            finally
            {
                free.Release();
            }
        },
        cancellation);

    private PhotoOutcome Read(PhotoSource source, CancellationToken cancellation)
    {
        if (source.Problem is { } problem)
        {
            return new PhotoOutcome(null, problem);
        }

        MemoryGate.Place? place = null;
        try
        {
            var photo = Load(source, bytes =>
            {
                place = memory.Pixels.Enter(bytes);
                cancellation.ThrowIfCancellationRequested();
            });
            cancellation.ThrowIfCancellationRequested();
            var faces = Faces(photo, new ReaderOptions { Finder = options }, cancellation);
            pictures?.Draw(source, photo, faces);
            return new PhotoOutcome(new ReadPhoto(source.Name, photo.Width, photo.Height, faces), null);
        }
        catch (ArgumentException error)
        {
            // Such as faces that are too small to look for in a photo of this size.
            return new PhotoOutcome(null, $"{source.Name}: {error.Message}");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new PhotoOutcome(null, ErrorLine.Of(error));
        }
        finally
        {
            place?.Dispose();
        }
    }

    private IReadOnlyList<Face> Faces(Photo photo, ReaderOptions which, CancellationToken cancellation) =>
        !isSingle ? reader.Read(photo.Pixels, which, cancellation) : reader.ReadSingle(photo.Pixels, which, cancellation) is { } face ? [face] : [];

    private Photo Load(PhotoSource source, Action<long> beforeDecoding)
    {
        using var file = memory.Files.Enter(source.Length);
        return source.Load(input, beforeDecoding);
    }
}
