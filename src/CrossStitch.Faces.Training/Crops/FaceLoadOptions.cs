using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Boxes;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>How faces are read and cropped.</summary>
public sealed record FaceLoadOptions
{
    /// <summary>How faces are cropped; the paper's 40×40 by default.</summary>
    public CropSettings Settings { get; init; } = CropSettings.Default;

    /// <summary>The detector's boxes; none by default, which gives every face its reference box.</summary>
    public BoxFile? Boxes { get; init; }

    /// <summary>Whether to leave invalid faces out and list them; by default the first one is an error.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>
    /// Where to cache crops; null for no cache. By default <c>crossstitch/crops</c> in <c>XDG_CACHE_HOME</c>, in
    /// <c>~/.cache</c> where that is not set, or in the local application data on Windows. The 16 latest files are kept.
    /// </summary>
    public string? CacheFolder { get; init; } = CropCache.DefaultFolder;
}
