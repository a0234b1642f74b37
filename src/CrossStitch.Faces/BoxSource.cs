namespace CrossStitch.Faces;

/// <summary>Where a face's box came from.</summary>
public enum BoxSource
{
    /// <summary>A detector found it; the box file says so.</summary>
    Detector,

    /// <summary>Derived from the annotated landmarks: see ReferenceBox.</summary>
    Reference,

    /// <summary>The box of a face that the program drew and never wrote to an archive.</summary>
    Drawn,
}
