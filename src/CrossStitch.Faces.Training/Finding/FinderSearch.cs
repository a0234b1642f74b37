using CrossStitch.Faces.Finding;

namespace CrossStitch.Faces.Training.Finding;

/// <summary>How a finder under training searches photos for what it takes for a face.</summary>
/// <param name="Finder">The finder.</param>
/// <param name="Find">Searches a photo: the surest first.</param>
internal sealed record FinderSearch(FaceFinder Finder, Func<PhotoPixels, CancellationToken, IEnumerable<Candidate>> Find) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Finder.Dispose();
}
