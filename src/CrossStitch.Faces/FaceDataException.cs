namespace CrossStitch.Faces;

/// <summary>
/// What a user's faces did wrong: an archive, an annotation, an image, a box file.
/// The message says what, where (file and line) and what to do; it is fit to be shown as it is.
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
