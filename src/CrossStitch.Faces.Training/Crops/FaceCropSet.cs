using CrossStitch.Faces.Crops;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>
/// Cropped faces and their pixels: gray patches of <see cref="CropSettings.PatchSize"/> squared, one byte a pixel,
/// row by row.
/// </summary>
public sealed class FaceCropSet
{
    private readonly byte[] _patches;
    private readonly FaceCrop[] _faces;

    /// <summary>Gathers faces.</summary>
    /// <param name="settings">How they were cropped.</param>
    /// <param name="faces">The faces.</param>
    /// <param name="patches">Their patches, one after the other.</param>
    /// <exception cref="ArgumentException">The patches do not hold as many faces.</exception>
    public FaceCropSet(CropSettings settings, FaceCrop[] faces, byte[] patches)
    {
        var wanted = (long)faces.Length * settings.PatchSize * settings.PatchSize;
        if (patches.LongLength != wanted)
        {
            throw new ArgumentException($"{faces.Length} faces take {wanted} bytes of pixels, not {patches.LongLength}.", nameof(patches));
        }

        Settings = settings;
        _faces = faces;
        _patches = patches;
    }

    /// <summary>The most faces that a set can have: their pixels are one array, and must fit into memory twice.</summary>
    /// <param name="settings">How they are cropped.</param>
    public static long MostFaces(CropSettings settings) => FaceMemory.Most(settings);

    /// <summary>How the faces were cropped.</summary>
    public CropSettings Settings { get; }

    /// <summary>How many faces there are.</summary>
    public int Count => _faces.Length;

    /// <summary>The faces, without their pixels.</summary>
    public IReadOnlyList<FaceCrop> Faces => _faces;

    /// <summary>A face, without its pixels.</summary>
    /// <param name="index">From 0.</param>
    public FaceCrop this[int index] => _faces[index];

    /// <summary>A face's patch: the box with its margin, <see cref="CropSettings.PatchSize"/> squared gray bytes.</summary>
    /// <param name="index">From 0.</param>
    public ReadOnlySpan<byte> Patch(int index)
    {
        var length = Settings.PatchSize * Settings.PatchSize;
        return _patches.AsSpan(index * length, length);
    }

    /// <summary>Some of the faces, as a set of their own.</summary>
    /// <param name="indices">Which, in the order wanted.</param>
    /// <exception cref="CrossStitchException">They do not fit into memory.</exception>
    public FaceCropSet Subset(IReadOnlyList<int> indices)
    {
        var length = Settings.PatchSize * Settings.PatchSize;
        var faces = new FaceCrop[indices.Count];
        var patches = FaceMemory.Allocate(indices.Count, Settings);
        for (var i = 0; i < indices.Count; i++)
        {
            faces[i] = _faces[indices[i]];
            Patch(indices[i]).CopyTo(patches.AsSpan(i * length));
        }

        return new FaceCropSet(Settings, faces, patches);
    }
}
