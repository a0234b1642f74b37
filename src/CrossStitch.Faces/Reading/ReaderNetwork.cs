using System.Collections.Concurrent;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Reading;

/// <summary>A network of a reader, and what it runs in; any number of threads may call one at once.</summary>
/// <param name="model">What it reads and how.</param>
/// <param name="threads">Threads that share the faces of a photo.</param>
internal sealed class ReaderNetwork(ReaderModel model, int threads) : IDisposable
{
    /// <summary>The most examples that go through the network together; a face that is mirrored too is two.</summary>
    private const int MostBatch = 64;

    private readonly NetworkRunner _runner = new(model.Model, threads);
    private readonly ConcurrentBag<ReaderScratch> _scratch = [];

    /// <summary>What it reads and how.</summary>
    public ReaderModel Model => model;

    /// <summary>Looks at faces of a photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="regions">Where they are; checked.</param>
    /// <param name="faces">What is known of them; receives what the network says.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FaceDataException">The network gives numbers that are not finite.</exception>
    public void Read(PhotoPixels photo, ReadOnlySpan<FaceFrame> regions, Span<Face> faces, CancellationToken cancellation)
    {
        var scratch = _scratch.TryTake(out var free) ? free : new ReaderScratch(model.Model);
        try
        {
            var (looks, length) = (model.IsMirrored ? 2 : 1, model.Model.InputLength);
            for (var first = 0; first < regions.Length; first += MostBatch / looks)
            {
                var count = Math.Min(MostBatch / looks, regions.Length - first);
                var input = scratch.Input(count * looks);
                for (var i = 0; i < count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    model.Cut(photo, regions[first + i], input.Slice(i * length, length));
                    if (model.IsMirrored)
                    {
                        model.Mirror(input.Slice(i * length, length), input.Slice((count + i) * length, length));
                    }
                }

                _runner.Run(input, count * looks, scratch.Output);
                for (var i = 0; i < count; i++)
                {
                    faces[first + i] = model.Read(scratch.Output, i, model.IsMirrored ? count + i : null, regions[first + i], faces[first + i]);
                }
            }
        }
        finally
        {
            _scratch.Add(scratch);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();
}
