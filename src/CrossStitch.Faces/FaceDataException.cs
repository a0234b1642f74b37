namespace CrossStitch.Faces;

/// <summary>
/// What is wrong with a user's picture: it is none, broken, or too large. The message says what and of which file; it is
/// fit to be shown as it is.
/// </summary>
public sealed class FaceDataException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="inner">What was caught, if anything.</param>
    public FaceDataException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
