using System.Buffers;
using System.Security.Cryptography;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Finding;

/// <summary>
/// Finds faces in two looks, as MTCNN does. A small network slides over the photo at several scales: at each place it predicts
/// whether there is a face of about the size that it was trained for, where its box is, and the five points. Predictions of
/// the same face are merged, and a second network with the same tasks looks at each in more detail. The same faces, to the
/// bit, with any number of threads.
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

    private const string CheckEnding = ".check";

    /// <summary>A photo is searched for boxes up to so many times its longer side.</summary>
    private const float LargestShare = 1.25f;

    private readonly SlidingRunner _runner;
    private readonly TileScan _scan;
    private readonly CandidateCheck? _check;
    private readonly float _scanThreshold;
    private readonly int _threads;

    /// <summary>Prepares a finder.</summary>
    /// <param name="scan">The network that slides over the photo, as <c>crossstitch faces train-finder</c> trains it.</param>
    /// <param name="check">The network that looks at what it finds; null for none.</param>
    /// <param name="threads">Threads that share a photo; at least one.</param>
    /// <exception cref="FaceDataException">A model is no finder's.</exception>
    /// <exception cref="ModelFileException">A model cannot be run.</exception>
    public FaceFinder(NetworkModel scan, NetworkModel? check = null, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        FinderModel.Check(scan);
        (Scan, Check, _threads) = (scan, check, threads);
        _scanThreshold = FinderModel.Threshold(scan);
        Threshold = _scanThreshold;
        _runner = new SlidingRunner(scan);
        _scan = new TileScan(_runner, FinderModel.NominalSide(scan));
        if (check is not null)
        {
            FinderModel.Check(check);
            Threshold = FinderModel.Threshold(check);
            _check = new CandidateCheck(check);
        }
    }

    /// <summary>The network that slides over the photo.</summary>
    public NetworkModel Scan { get; }

    /// <summary>The network that looks at what it finds; null if there is none.</summary>
    public NetworkModel? Check { get; }

    /// <summary>The score from which on faces are reported where options do not say: the model's own.</summary>
    public float Threshold { get; }

    /// <summary>SHA-256 of the models as files, in hexadecimal: two finders with the same one find the same. Computed anew each time.</summary>
    public string ContentKey
    {
        get
        {
            using var files = new MemoryStream();
            ModelFile.Save(Scan, files);
            if (Check is not null)
            {
                ModelFile.Save(Check, files);
            }

            return Convert.ToHexStringLower(SHA256.HashData(files.ToArray()));
        }
    }

    /// <summary>Where the network of the second look lies: beside the first one's file, as <c>finder.check.xstitch</c> beside <c>finder.xstitch</c>.</summary>
    /// <param name="path">The first one's file.</param>
    public static string CheckFile(string path) => Path.ChangeExtension(path, CheckEnding + Path.GetExtension(path));

    /// <summary>Reads a finder's file, and the one of its second look where there is one beside it; see <see cref="CheckFile"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads that share a photo; at least one.</param>
    /// <exception cref="FaceDataException">A file holds another kind of model.</exception>
    /// <exception cref="ModelFileException">A file is none or broken.</exception>
    public static FaceFinder Load(string path, int threads = 1)
    {
        var check = CheckFile(path);
        return new(ModelFile.Load(path), File.Exists(check) ? ModelFile.Load(check) : null, threads);
    }

    /// <summary>The finder that comes with this package.</summary>
    /// <param name="threads">Threads that share a photo; at least one.</param>
    public static FaceFinder LoadDefault(int threads = 1) => new(PackagedModel.Load("finder.xstitch"), PackagedModel.Load(CheckFile("finder.xstitch")), threads);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The finder was disposed.</exception>
    public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new FinderOptions();
        options.Validate();
        return OnGray(photo, gray =>
        {
            var found = Scanned(gray, options, _check is null ? options.MinimumScore ?? Threshold : _scanThreshold, cancellation);
            return _check is null ? found : CandidateMerge.Merge(_check.Run(gray, found, options.MinimumScore ?? Threshold, cancellation), options);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _check?.Dispose();
    }

    /// <summary>What the first look finds, merged.</summary>
    internal IReadOnlyList<FoundFace> FirstLook(PhotoPixels photo, FinderOptions options, float minimumScore, CancellationToken cancellation) =>
        OnGray(photo, gray => Scanned(gray, options, minimumScore, cancellation));

    /// <summary>What both looks take for a face, each with the input of the second.</summary>
    internal List<Candidate> SecondLook(PhotoPixels gray, FinderOptions options, float minimumScore, CancellationToken cancellation) =>
        _check!.Run(gray, Scanned(gray, options, _scanThreshold, cancellation), minimumScore, cancellation);

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

    private IReadOnlyList<FoundFace> Scanned(PhotoPixels gray, FinderOptions options, float minimumScore, CancellationToken cancellation) =>
        CandidateMerge.Merge(Candidates(gray, options, minimumScore, cancellation), options);

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
