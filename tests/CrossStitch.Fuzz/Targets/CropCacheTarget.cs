using CrossStitch.Faces.Training.Boxes;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>The cache of cropped faces: a damaged file is not used, and that is no error.</summary>
internal sealed class CropCacheTarget : FuzzTarget
{
    private readonly CropCache _cache;
    private readonly string _path;

    /// <summary>Makes a cache.</summary>
    /// <param name="scratch">A folder for files.</param>
    public CropCacheTarget(string scratch)
    {
        _cache = CropCache.OfDrawn(scratch, 2, 1, 1, SampleFaces.Small);
        _cache.Write(new LoadedFaces(SampleFaces.Of(2), new BoxCounts(1, 1, 0), [new("training.txt", 3, "The eyes are less than a pixel apart.")], FromCache: false));
        _path = Directory.GetFiles(scratch, "*.crops").Single();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Documented { get; } = [];

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds() => [new("cache", InputForm.Bytes, File.ReadAllBytes(_path))];

    /// <inheritdoc/>
    public override byte[] Reseal(FuzzInput input) => Sha256Seal.Of(input.Bytes);

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        File.WriteAllBytes(_path, input.Bytes);
        if (_cache.Read() is { } loaded)
        {
            SampleFaces.Check(loaded.Faces);
        }
    }
}
