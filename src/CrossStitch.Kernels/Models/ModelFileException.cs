namespace CrossStitch.Kernels.Models;

/// <summary>
/// What is wrong with a model file, or with a model that cannot be one. The message says what, where and what to do; it
/// is fit to be shown as it is.
/// </summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="offset">The byte of the file at which the part begins that is wrong; null if that is not known.</param>
    /// <param name="inner">What was caught, if anything.</param>
    public ModelFileException(string message, long? offset = null, Exception? inner = null)
        : base(message, inner) => Offset = offset;

    /// <summary>The byte of the file at which the part begins that is wrong; null if that is not known.</summary>
    public long? Offset { get; }
}
