using CrossStitch.Experiments.Reports;
using CrossStitch.Faces;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Cli.Errors;

/// <summary>What went wrong, in one line for whoever started the command.</summary>
internal static class ErrorLine
{
    /// <summary>A message may name two paths, each as long as a system allows.</summary>
    private const int MostCharacters = 10_000;

    /// <summary>The line, without the word "error".</summary>
    /// <param name="error">What was thrown.</param>
    public static string Of(Exception error) => ShownText.Of(OneLine(error switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Of(first),
        TypeInitializationException { InnerException: { } inner } => Of(inner),
        CrossStitchException or ModelFileException or FaceDataException or OperationCanceledException => error.Message,
        FileNotFoundException { FileName: { } file } => $"{file}: there is no such file.",
        UnauthorizedAccessException => $"{error.Message.TrimEnd('.')}: permission denied, or a folder is in the place of a file.",
        IOException => $"{error.Message.TrimEnd('.')}.",
        OutOfMemoryException => "There is not enough memory; use fewer faces, a smaller batch or fewer threads.",
        DllNotFoundException or BadImageFormatException => $"A native library cannot be loaded: {error.Message}",
        _ => $"CrossStitch itself has failed ({error.Message}). Please report it, as CONTRIBUTING.md says, with what the same command prints with --verbose.",
    }), MostCharacters);

    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
