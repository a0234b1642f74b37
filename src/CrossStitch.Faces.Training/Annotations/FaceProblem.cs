namespace CrossStitch.Faces.Training.Annotations;

/// <summary>Why a face cannot be used.</summary>
/// <param name="File">The annotation file that lists the face.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Message">What is wrong: a sentence of its own.</param>
public sealed record FaceProblem(string File, int Line, string Message)
{
    /// <summary>Where and what, in one line.</summary>
    public override string ToString() => $"{File}, line {Line}: {Message}";

    /// <summary>The same as an error, with what to do about it.</summary>
    public CrossStitchException ToException() =>
        new($"{this} Correct it, or leave invalid faces out with --skip-invalid.");
}
