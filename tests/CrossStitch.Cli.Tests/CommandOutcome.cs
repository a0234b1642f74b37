namespace CrossStitch.Cli.Tests;

/// <summary>What a command line came to.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">Its results: standard output.</param>
/// <param name="Errors">Its errors alone: of standard error, what is not progress.</param>
/// <param name="Progress">Bars, epochs and notes: the rest of standard error.</param>
public readonly record struct CommandOutcome(int Code, string Output, string Errors, string Progress)
{
    public void Deconstruct(out int code, out string output, out string errors) => (code, output, errors) = (Code, Output, Errors);
}
