using CrossStitch.Faces.Finding;
using Microsoft.ML.OnnxRuntime;
using OwnFinder;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>The finders that take part: ours, BlazeFace and OpenCV's cascade, each on one thread.</summary>
internal static class FinderTeam
{
    private const string Cascade = "haarcascade_frontalface_default.xml";

    /// <summary>OpenCV's own least number of neighbours: a face has more than so many.</summary>
    private const int Neighbors = 3;

    private const string Front = "face_detection_front_128x128_barracuda.onnx";
    private const string Back = "face_detection_back_256x256_barracuda.onnx";

    private static readonly (string Name, string File, float? Smallest)[] Networks =
    [
        ("BlazeFace front, many tiles", Front, 36),
        ("BlazeFace front, tiles", Front, 24),
        ("BlazeFace front", Front, null),
        ("BlazeFace back, tiles", Back, 24),
        ("BlazeFace back", Back, null),
    ];

    /// <summary>Starts them, ours first.</summary>
    /// <param name="options">Where their models are.</param>
    /// <param name="log">Receives who is left out, and why.</param>
    /// <exception cref="CrossStitchException">A model is missing or broken.</exception>
    public static List<FinderEntry> Start(FindersOptions options, Action<string> log)
    {
        var team = new List<FinderEntry>();
        void Add(string name, Func<FinderEntry> start)
        {
            if (options.Only is { } only && !name.Contains(only, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            try
            {
                team.Add(start());
            }
            catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
            {
                log($"{name} is left out: its native library cannot be loaded on this system.");
            }
        }

        Add("CrossStitch", () =>
        {
            var finder = options.Finder is { } file ? FaceFinder.Load(file) : FaceFinder.LoadDefault();
            return new(
                "CrossStitch",
                FormattableString.Invariant($"{(options.Finder is null ? "the finder of the package" : Path.GetFileName(options.Finder))}, its own threshold {finder.Threshold:0.00}"),
                finder,
                finder.Threshold,
                IsOurs: true);
        });

        foreach (var (name, model, smallest) in Networks)
        {
            var path = Model(options, model);
            var way = smallest is { } side ? FormattableString.Invariant($"the photo in several sizes, from that on in which 40 pixels are {side}, in squares that overlap by half") : "the photo once, as a whole";
            Add(name, () => new(
                name,
                FormattableString.Invariant($"{model} in ONNX Runtime {OrtEnv.Instance().GetVersionString()}, threshold {BlazeFaceFinder.DefaultScore}, {way}"),
                new BlazeFaceFinder(path, BoxFit.None, smallest),
                BlazeFaceFinder.DefaultScore));
        }

        Add("Haar", () => new(
            "Haar",
            $"{Cascade} in OpenCV {HaarFinder.Version}, scale factor 1.1, more than {Neighbors} neighbours, histogram equalised",
            new HaarFinder(Model(options, Cascade), equalize: true),
            HaarFinder.Score(Neighbors + 1)));
        return team;
    }

    private static string Model(FindersOptions options, string file) => Path.Combine(options.Models, file) is var path && File.Exists(path)
        ? path
        : throw new CrossStitchException($"{options.Models} has no {file}; benchmarks/finders/README.md says where it is from.");
}
