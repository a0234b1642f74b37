using System.Buffers;
using System.Security.Cryptography;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// Finds faces in two looks of one small network. In the first it slides over the photo at several scales: at each place it
/// predicts whether there is a face of about the size that it was trained for, where its box is, and the five points; what it
/// predicts of one face is merged. In the second it looks at each find with its box in the middle and at the right size. The
/// same faces, to the bit, with any number of threads.
/// </summary>
public sealed class FaceFinder : IFaceFinder, IDisposable
{
    /// <summary>The head that says whether there is a face: two classes, of which the second is the face.</summary>
    public const string FaceHead = "face";

    /// <summary>The head with the box: its centre from the input's, across and down, and log2 of its side; in nominal sides.</summary>
    public const string BoxHead = "box";

    /// <summary>The head with the five points, x1..x5, y1..y5, from the input's centre, in nominal sides.</summary>
    public const string LandmarksHead = "landmarks";

    /// <summary>Where a model's file says from which score on it reports faces: a number from 0 to 1.</summary>
    public const string ThresholdKey = "finder.threshold";

    /// <summary>Where a model's file says from which score on the first look hands a find on to the second; without it there is one look.</summary>
    public const string FirstThresholdKey = "finder.first-threshold";

    /// <summary>A photo is searched for boxes up to so many times its longer side.</summary>
    private const float LargestShare = 1.25f;

    /// <summary>What the first look hands on, at most, where no more faces are asked for.</summary>
    private const int FirstFinds = 1000;

    private readonly SlidingRunner _runner;
    private readonly TileScan _scan;
    private readonly CloserLook? _second;
    private readonly float _firstThreshold;
    private readonly int _threads;
    private volatile bool _isDisposed;

    /// <summary>Prepares a finder.</summary>
    /// <param name="model">A network as <c>crossstitch faces train-finder</c> trains it.</param>
    /// <param name="threads">Threads that share a photo; at least one.</param>
    /// <exception cref="FaceDataException">The model is no finder.</exception>
    /// <exception cref="ModelFileException">The model cannot be run.</exception>
    public FaceFinder(NetworkModel model, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        FinderModel.Check(model);
        (Model, _threads) = (model, threads);
        Threshold = _firstThreshold = FinderModel.Threshold(model, ThresholdKey);
        _runner = new SlidingRunner(model);
        _scan = new TileScan(_runner, FinderModel.NominalSide(model));
        if (model.Metadata.ContainsKey(FirstThresholdKey))
        {
            _firstThreshold = FinderModel.Threshold(model, FirstThresholdKey);
            _second = new CloserLook(model, _firstThreshold);
        }
    }

    /// <summary>The network.</summary>
    public NetworkModel Model { get; }

    /// <summary>The score from which on faces are reported where options do not say: the model's own.</summary>
    public float Threshold { get; }

    /// <summary>SHA-256 of the model as a file, in hexadecimal: two finders with the same one find the same. Computed anew each time.</summary>
    public string ContentKey
    {
        get
        {
            using var file = new MemoryStream();
            ModelFile.Save(Model, file);
            return Convert.ToHexStringLower(SHA256.HashData(file.ToArray()));
        }
    }

    /// <summary>Reads a finder's file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads that share a photo; at least one.</param>
    /// <exception cref="FaceDataException">The file holds another kind of model.</exception>
    /// <exception cref="ModelFileException">The file is none or broken.</exception>
    public static FaceFinder Load(string path, int threads = 1) => new(ModelFile.Load(path), threads);

    /// <summary>The finder that comes with this package.</summary>
    /// <param name="threads">Threads that share a photo; at least one.</param>
    public static FaceFinder LoadDefault(int threads = 1) => new(PackagedModel.Load(PackagedModel.Finder), threads);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An option is out of its range, or the photo is the default value, without pixels.</exception>
    /// <exception cref="ObjectDisposedException">The finder was disposed.</exception>
    public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        photo.RequirePixels(nameof(photo));
        options ??= new FinderOptions();
        options.Validate();
        var minimum = options.MinimumScore ?? Threshold;
        return OnGray(photo, gray =>
        {
            if (_second is null)
            {
                return CandidateMerge.Merge(Candidates(gray, options, minimum, cancellation), options);
            }

            // The second look may find another one surest, so the first one's finds are not cut short at the caller's number.
            var handedOn = options with { MostFaces = Math.Max(options.MostFaces, FirstFinds) };
            var found = CandidateMerge.Merge(Candidates(gray, options, _firstThreshold, cancellation), handedOn);
            return CandidateMerge.Merge(_second.Run(gray, found, minimum, cancellation), options);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _runner.Dispose();
        _second?.Dispose();
    }

    /// <summary>What the sliding network predicts at each place and scale, of at least a score.</summary>
    internal List<Candidate> Candidates(PhotoPixels photo, FinderOptions options, float minimumScore, CancellationToken cancellation)
    {
        var scales = _scan.ScalesFor(options.SmallestFace, Math.Min(options.LargestFace, LargestShare * Math.Max(photo.Width, photo.Height)));
        if ((double)photo.Width * photo.Height / (scales[0] * scales[0]) > PhotoPixels.MostPixels)
        {
            throw new ArgumentException($"Faces of {options.SmallestFace} pixels are too small to look for in a photo of {photo.Width}×{photo.Height}: it would have to be enlarged to more than {PhotoPixels.MostPixels / 1_000_000} megapixels.", nameof(options));
        }

        using var pyramid = new GrayPyramid(photo, scales, cancellation);
        return _scan.Run(pyramid, minimumScore, _threads, cancellation);
    }

    private static IReadOnlyList<FoundFace> OnGray(PhotoPixels photo, GraySearch search)
    {
        if (photo.Format == PixelFormat.Gray)
        {
            return search(photo);
        }

        var room = ArrayPool<byte>.Shared.Rent(photo.Width * photo.Height);
        try
        {
            Luma.Convert(photo, room);
            return search(new PhotoPixels(room, photo.Width, photo.Height, PixelFormat.Gray));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private delegate IReadOnlyList<FoundFace> GraySearch(PhotoPixels gray);
}
