using System.CommandLine;

namespace CrossStitch.Cli;

/// <summary>A command whose help shows how it is used.</summary>
internal sealed class CommandWithExamples(string name, string description) : Command(name, description)
{
    /// <summary>Command lines, and what they do.</summary>
    public IReadOnlyList<(string Example, string Meaning)> Examples { get; init; } = [];
}
