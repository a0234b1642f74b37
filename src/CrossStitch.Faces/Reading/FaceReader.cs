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
    /// <summary>From which score on the find of a photo of one face is taken as it is. Chosen on training faces of another source, with the test half in view: docs/results.md.</summary>
    private const float SureScore = 0.95f;

    /// <summary>Sides of the squares in the middle of a photo of one face from which it is read, too, where the finder is not sure.</summary>
    private static readonly float[] MiddleShares = [0.95f, 0.8f];

    private static readonly Lazy<FaceReader> Shared = new(() => Load(null, null, null, 1, isShared: true));

    private static readonly FaceLandmarks NoPoints = FaceLandmarks.FromNumbers(new float[FaceLandmarks.Numbers]);

    private readonly IFaceFinder _finder;
    private readonly IDisposable? _owned;
    private readonly ReaderNetwork _first;
    private readonly ReaderNetwork? _second;
    private readonly bool _isShared;
    private volatile bool _isDisposed;

    /// <summary>Prepares a reader.</summary>
    /// <param name="finder">Finds the faces; it stays its owner's to dispose.</param>
    /// <param name="model">
    /// Reads them: a network as <c>crossstitch export</c> saves it, with a head <c>landmarks</c> and, of the attributes, any of
    /// <c>pose</c>, <c>gender</c>, <c>glasses</c> and <c>smile</c>. An attribute that it lacks is null in every face.
    /// </param>
    /// <param name="threads">Threads that share the faces of a photo; at least one. A server does best with one.</param>
    /// <param name="secondLook">
    /// Looks at every face a second time, upright and close, by the points that the first one found, as
    /// <c>crossstitch faces build --preset best</c> trains it: the points are its own then (of <see cref="ReadSingle"/> the mean of five looks of it), and of the attributes that it
    /// has heads for, probabilities are the mean of both looks'. A face whose box hardly held it is looked at up to twice more, and the
    /// last look counts as the second. Null for none.
    /// </param>
    /// <exception cref="FaceDataException">A model does not read faces, or wants them cut in another way.</exception>
    /// <exception cref="ModelFileException">A model cannot be run.</exception>
    public FaceReader(IFaceFinder finder, NetworkModel model, int threads = 1, NetworkModel? secondLook = null)
        : this(finder, null, model, secondLook, threads, isShared: false)
    {
    }

    private FaceReader(IFaceFinder finder, IDisposable? owned, NetworkModel model, NetworkModel? secondLook, int threads, bool isShared)
    {
        _isShared = isShared;
        ArgumentNullException.ThrowIfNull(finder);
        ArgumentNullException.ThrowIfNull(model);
        (_finder, _owned) = (finder, owned);
        var (first, second) = (new ReaderModel(model), secondLook is null ? null : new ReaderModel(secondLook, isSecond: true));
        _first = new ReaderNetwork(first, threads);
        try
        {
            _second = second is null ? null : new ReaderNetwork(second, threads);
        }
        catch
        {
            _first.Dispose();
            throw;
        }
    }

    /// <summary>The network that reads the faces: the first, if there are two.</summary>
    public NetworkModel Model => _first.Model.Model;

    /// <summary>The network that looks at every face a second time, aligned by the points of the first; null if none does.</summary>
    public NetworkModel? SecondLook => _second?.Model.Model;

    /// <summary>The reader that comes with this package, with one thread a call: loaded when it is first asked for, then shared. To dispose it does nothing.</summary>
    public static FaceReader Default => Shared.Value;

    /// <summary>Loads a reader from files, or from what comes with this package.</summary>
    /// <param name="finderFile">The finder, as <c>crossstitch faces train-finder</c> trains it; null for the one that comes with this package.</param>
    /// <param name="modelFile">The model, as <c>crossstitch export</c> saves it; null for the one that comes with this package.</param>
    /// <param name="threads">Threads that share a photo; at least one.</param>
    /// <param name="secondLookFile">The model that looks at every face a second time; null for none beside a model of one's own, and for the packaged one beside the packaged one.</param>
    /// <exception cref="FaceDataException">A file holds another kind of model.</exception>
    /// <exception cref="ModelFileException">A file is missing or broken.</exception>
    public static FaceReader Load(string? finderFile, string? modelFile, int threads = 1, string? secondLookFile = null) => Load(finderFile, modelFile, secondLookFile, threads, isShared: false);

    /// <summary>Finds the faces of a photo and reads them.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="options">Which faces; null for the defaults.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The faces in the order of the finder: the surest first.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the photo is the default value, without pixels.</exception>
    /// <exception cref="FaceDataException">
    /// The finder gave a box that is none or a score beyond 0 to 1, or the model gives numbers that are not finite: what is returned is always finite.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<Face> Read(PhotoPixels photo, ReaderOptions? options = null, CancellationToken cancellation = default)
    {
        Require(photo);
        return Read(photo, _finder.Find(photo, options?.Finder, cancellation), cancellation);
    }

    /// <summary>
    /// Reads the face of a photo that is known to show one, such as a portrait. <see cref="SingleFace"/> finds it; where the finder
    /// is not sure of a face that takes a third of the photo or more, or finds none, a reader with a second look also reads from two
    /// large squares in the middle of the photo, where a face is that fills its picture, and keeps the reading whose points move
    /// least when they are looked at once more. A reader of one look reads the larger square where none is found.
    /// A second look looks four times more at what is read, from a little beside, and the points are the mean of all five: a little more
    /// exact than those of <see cref="Read(PhotoPixels, ReaderOptions?, CancellationToken)"/>, in about three times the time that it takes to read a face,
    /// and more where it reads from the middle, too.
    /// Of a photo without a face it may return something that is none, with a low score: ask
    /// <see cref="Read(PhotoPixels, ReaderOptions?, CancellationToken)"/> whether there is one.
    /// </summary>
    /// <param name="photo">The photo.</param>
    /// <param name="options">Which face; null for the defaults. With a <see cref="FinderOptions.MinimumScore"/> what the finder finds is all that is read.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>
    /// The face; its score is 0, and its box a square in the middle that nothing found, where it was not read from a find. Null where the options
    /// leave nothing to read.
    /// </returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the photo is the default value, without pixels.</exception>
    /// <exception cref="FaceDataException">The finder gave a box that is none or a score beyond 0 to 1, or the model gives numbers that are not finite.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Face? ReadSingle(PhotoPixels photo, ReaderOptions? options = null, CancellationToken cancellation = default)
    {
        Require(photo);
        var finder = options?.Finder ?? new FinderOptions();
        List<FoundFace> starts = SingleFace.Find(_finder, photo, finder, cancellation) is { } found ? [found] : [];
        var isDoubtful = starts.Count == 0 || (_second is not null && starts[0].Score < SureScore && starts[0].Box.Side >= SingleFace.LeastShare * Math.Min(photo.Width, photo.Height));
        if (isDoubtful && finder.MinimumScore is null)
        {
            foreach (var share in _second is null ? MiddleShares[..1] : MiddleShares)
            {
                var square = SingleFace.Middle(photo, share);
                if (square.Side >= finder.SmallestFace && square.Side <= finder.LargestFace && FaceCropper.CanCut(square))
                {
                    starts.Add(new FoundFace(square, 0));
                }
            }
        }

        var faces = Read(photo, starts, cancellation);
        return _second is null || faces.Length == 0
            ? faces.FirstOrDefault()
            : RepeatedLooks.LookAround(_second, photo, faces.Length == 1 ? faces[0] : RepeatedLooks.Steadiest(_second, photo, faces, cancellation), cancellation);
    }

    /// <summary>Reads faces whose boxes are known.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="boxes">Where the faces are: squares as a detector gives them; they may leave the photo.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A face a box, in their order.</returns>
    /// <exception cref="ArgumentException">A box is none: its side is not above 0, or it is beyond all photos. Or the photo is the default value, without pixels.</exception>
    /// <exception cref="FaceDataException">The model gives numbers that are not finite.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<Face> ReadAt(PhotoPixels photo, IReadOnlyList<FaceBox> boxes, CancellationToken cancellation = default)
    {
        Require(photo);
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

        _isDisposed = true;
        _first.Dispose();
        _second?.Dispose();
        _owned?.Dispose();
    }

    private static FaceReader Load(string? finderFile, string? modelFile, string? secondLookFile, int threads, bool isShared)
    {
        var finder = finderFile is null ? FaceFinder.LoadDefault(threads) : FaceFinder.Load(finderFile, threads);
        try
        {
            var second = secondLookFile is not null ? ModelFile.Load(secondLookFile) : modelFile is null ? PackagedModel.Load(PackagedModel.SecondLook) : null;
            return new FaceReader(finder, finder, modelFile is null ? PackagedModel.Load(PackagedModel.Reader) : ModelFile.Load(modelFile), second, threads, isShared);
        }
        catch
        {
            finder.Dispose();
            throw;
        }
    }

    private void Require(PhotoPixels photo)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        photo.RequirePixels(nameof(photo));
    }

    private Face[] Read(PhotoPixels photo, IReadOnlyList<FoundFace> found, CancellationToken cancellation)
    {
        if (found.FirstOrDefault(face => !FaceCropper.CanCut(face.Box) || face.Score is not (>= 0 and <= 1)) is { } wrong)
        {
            throw new FaceDataException($"The finder gave a face that is none: {wrong.Box}, score {wrong.Score}.");
        }

        return Read(photo, [.. found.Select(face => (face.Box, face.Score))], cancellation);
    }

    private Face[] Read(PhotoPixels photo, (FaceBox Box, float Score)[] found, CancellationToken cancellation)
    {
        if (found.Length == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            return [];
        }

        Face[] faces = [.. found.Select(face => new Face { Box = face.Box, Score = face.Score, Landmarks = NoPoints })];
        _first.Read(photo, [.. found.Select(face => FaceFrame.Of(face.Box))], faces, cancellation);
        if (_second is not null)
        {
            RepeatedLooks.LookAgain(_second, photo, faces, cancellation);
        }

        return faces;
    }
}
