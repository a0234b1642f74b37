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

    /// <summary>Takes what a network sees out of a face's patch: gray levels, 0..255, row by row.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="pixels">Room for <see cref="CropSettings.Input"/> squared numbers.</param>
    /// <exception cref="ArgumentException">The room is of another size.</exception>
    public void Extract(int index, Span<float> pixels)
    {
        if (_faces[index].Frame is { } frame)
        {
            CropPixels.ExtractTurned(Patch(index), Settings, frame.Degrees, pixels);
        }
        else
        {
            CropPixels.Extract(Patch(index), Settings, pixels);
        }
    }

    /// <summary>The faces as they are seen, upright and without a margin, as a set of their own; itself where they are that.</summary>
    internal FaceCropSet Upright()
    {
        if (_faces.All(face => face.Frame is null))
        {
            return this;
        }

        var settings = Settings with { Margin = 0 };
        var patches = FaceMemory.Allocate(Count, settings);
        var pixels = new float[settings.Size * settings.Size];
        for (var i = 0; i < Count; i++)
        {
            Extract(i, pixels);
            for (var k = 0; k < pixels.Length; k++)
            {
                patches[((long)i * pixels.Length) + k] = (byte)MathF.Round(pixels[k]);
            }
        }

        return new FaceCropSet(settings, [.. _faces.Select(face => face with { Landmarks = face.SeenLandmarks, Box = face.Frame is { } frame ? frame.Upright with { Source = face.Box.Source } : face.Box, Frame = null })], patches);
    }

    /// <summary>The same pixels with other faces beside them.</summary>
    /// <param name="faces">As many.</param>
    internal FaceCropSet With(FaceCrop[] faces) => new(Settings, faces, _patches);

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
