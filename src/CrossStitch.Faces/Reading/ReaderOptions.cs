using CrossStitch.Faces.Finding;

namespace CrossStitch.Faces.Reading;

/// <summary>Which faces of a photo are read.</summary>
public sealed record ReaderOptions
{
    /// <summary>Which faces the finder looks for; null for its defaults.</summary>
    public FinderOptions? Finder { get; init; }
}
