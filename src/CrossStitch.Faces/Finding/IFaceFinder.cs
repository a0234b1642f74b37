namespace CrossStitch.Faces.Finding;

/// <summary>Finds faces in a photo. Any number of threads may call one at once.</summary>
public interface IFaceFinder
{
    /// <summary>Finds the faces of a photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="options">Which faces to look for; null for the defaults.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The faces, the surest first.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default);
}
