using System.Collections.Concurrent;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Finding;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Reading;

/// <summary>
/// Reads the faces of photos: a finder says where they are, a network the five points and the attributes. Any number of
/// threads may call one at once; the same faces, to the bit, with any number.
/// </summary>
public sealed class FaceReader : IDisposable
{
    /// <summary>The most examples that go through the network together; a face that is mirrored too is two.</summary>
    private const int MostBatch = 64;

    private static readonly Lazy<FaceReader> Shared = new(() => Load(null, null, 1, isShared: true));

    private readonly IFaceFinder _finder;
    private readonly IDisposable? _owned;
    private readonly ReaderModel _model;
    private readonly NetworkRunner _runner;
    private readonly ConcurrentBag<ReaderScratch> _scratch = [];
    private readonly bool _isShared;

    /// <summary>Prepares a reader.</summary>
    /// <param name="finder">Finds the faces; it stays its owner's to dispose.</param>
    /// <param name="model">
    /// Reads them: a network as <c>crossstitch export</c> saves it, with a head <c>landmarks</c> and, of the attributes, any of
    /// <c>pose</c>, <c>gender</c>, <c>glasses</c> and <c>smile</c>. An attribute that it lacks is null in every face.
    /// </param>
    /// <param name="threads">Threads that share the faces of a photo; at least one. A server does best with one.</param>
    /// <exception cref="FaceDataException">The model does not read faces, or wants them cut in another way.</exception>
    /// <exception cref="ModelFileException">The model cannot be run.</exception>
    public FaceReader(IFaceFinder finder, NetworkModel model, int threads = 1)
        : this(finder, null, model, threads, isShared: false)
    {
    }

    private FaceReader(IFaceFinder finder, IDisposable? owned, NetworkModel model, int threads, bool isShared)
    {
        _isShared = isShared;
        ArgumentNullException.ThrowIfNull(finder);
        ArgumentNullException.ThrowIfNull(model);
        (_finder, _owned, _model) = (finder, owned, new ReaderModel(model));
        _runner = new NetworkRunner(model, threads);
    }

    /// <summary>The network that reads the faces.</summary>
    public NetworkModel Model => _model.Model;

    /// <summary>The reader that comes with this package, with one thread a call: loaded when it is first asked for, then shared. To dispose it does nothing.</summary>
    public static FaceReader Default => Shared.Value;

    /// <summary>Loads a reader from files, or from what comes with this package.</summary>
    /// <param name="finderFile">The finder, as <c>crossstitch faces train-finder</c> trains it; null for the one that comes with this package.</param>
    /// <param name="modelFile">The model, as <c>crossstitch export</c> saves it; null for the one that comes with this package.</param>
    /// <param name="threads">Threads that share a photo; at least one.</param>
    /// <exception cref="FaceDataException">A file holds another kind of model.</exception>
    /// <exception cref="ModelFileException">A file is missing or broken.</exception>
    public static FaceReader Load(string? finderFile, string? modelFile, int threads = 1) => Load(finderFile, modelFile, threads, isShared: false);

    /// <summary>Finds the faces of a photo and reads them.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="options">Which faces; null for the defaults.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The faces in the order of the finder: the surest first.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="FaceDataException">
    /// The finder gave a box that is none, or the model gives numbers that are not finite: what is returned is always finite.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<Face> Read(PhotoPixels photo, ReaderOptions? options = null, CancellationToken cancellation = default)
    {
        var found = _finder.Find(photo, options?.Finder, cancellation);
        if (found.FirstOrDefault(face => !FaceCropper.CanCut(face.Box) || !float.IsFinite(face.Score)) is { } wrong)
        {
            throw new FaceDataException($"The finder gave a face that is none: {wrong.Box}, score {wrong.Score}.");
        }

        return Read(photo, [.. found.Select(face => (face.Box, face.Score))], cancellation);
    }

    /// <summary>Reads faces whose boxes are known.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="boxes">Where the faces are: squares as a detector gives them; they may leave the photo.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A face a box, in their order.</returns>
    /// <exception cref="ArgumentException">A box is none: its side is not above 0, or it is beyond all photos.</exception>
    /// <exception cref="FaceDataException">The model gives numbers that are not finite.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<Face> ReadAt(PhotoPixels photo, IReadOnlyList<FaceBox> boxes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        foreach (var box in boxes)
        {
            FaceCropper.Check(box);
        }

        return Read(photo, [.. boxes.Select(box => (box, 1f))], cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isShared)
        {
            return;
        }

        _runner.Dispose();
        _owned?.Dispose();
    }

    private static FaceReader Load(string? finderFile, string? modelFile, int threads, bool isShared)
    {
        var finder = finderFile is null ? FaceFinder.LoadDefault(threads) : FaceFinder.Load(finderFile, threads);
        try
        {
            return new FaceReader(finder, finder, modelFile is null ? PackagedModel.Load("reader.xstitch") : ModelFile.Load(modelFile), threads, isShared);
        }
        catch
        {
            finder.Dispose();
            throw;
        }
    }

    private Face[] Read(PhotoPixels photo, (FaceBox Box, float Score)[] found, CancellationToken cancellation)
    {
        if (found.Length == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            return [];
        }

        var faces = new Face[found.Length];
        var scratch = _scratch.TryTake(out var free) ? free : new ReaderScratch(Model);
        try
        {
            var looks = _model.IsMirrored ? 2 : 1;
            for (var first = 0; first < found.Length; first += MostBatch / looks)
            {
                var batch = found.AsSpan(first, Math.Min(MostBatch / looks, found.Length - first));
                var input = scratch.Input(batch.Length * looks);
                for (var i = 0; i < batch.Length; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    _model.Cut(photo, batch[i].Box, Example(input, i));
                    if (_model.IsMirrored)
                    {
                        _model.Mirror(Example(input, i), Example(input, batch.Length + i));
                    }
                }

                _runner.Run(input, batch.Length * looks, scratch.Output);
                for (var i = 0; i < batch.Length; i++)
                {
                    faces[first + i] = _model.Read(scratch.Output, i, _model.IsMirrored ? batch.Length + i : null, batch[i].Box, batch[i].Score);
                }
            }
        }
        finally
        {
            _scratch.Add(scratch);
        }

        return faces;

        Span<float> Example(Span<float> input, int index) => input.Slice(index * Model.InputLength, Model.InputLength);
    }
}
