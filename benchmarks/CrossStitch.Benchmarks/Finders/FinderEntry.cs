using CrossStitch.Faces.Finding;
using OwnFinder;

namespace CrossStitch.Benchmarks.Finders;

/// <summary>A finder that takes part.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Tuning">Its version and how it is used.</param>
/// <param name="Finder">The finder; its boxes are as it gives them.</param>
/// <param name="Threshold">The score from which on it, or who uses it, takes a box for a face.</param>
/// <param name="IsOurs">Whether its boxes are those of the file without more ado.</param>
internal sealed record FinderEntry(string Name, string Tuning, IFaceFinder Finder, float Threshold, bool IsOurs = false) : IDisposable
{
    /// <summary>From its boxes to those of the file, fitted on training pictures.</summary>
    public BoxFit Fit { get; init; } = BoxFit.None;

    /// <inheritdoc/>
    public void Dispose() => (Finder as IDisposable)?.Dispose();
}
