namespace CrossStitch;

/// <summary>
/// What a user's request did wrong: an impossible option, a run that cannot be resumed, a loss that is no number.
/// The message says what, where and what to do; it is fit to be shown as it is.
/// </summary>
public sealed class CrossStitchException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="inner">What was caught, if anything.</param>
    public CrossStitchException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>
    /// The setting that is out of its range, as recipes name it (<c>training.epochs</c>); null if the error is none of a
    /// setting. Whoever read the setting from a file can say its line.
    /// </summary>
    public string? Setting { get; init; }
}
