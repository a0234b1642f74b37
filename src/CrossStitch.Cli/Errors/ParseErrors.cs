using System.CommandLine;

namespace CrossStitch.Cli.Errors;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class ParseErrors
{
    private const string OptionWithoutValue = "Required argument missing for option: ";

    /// <summary>Whether only the command is missing, so that help is what is wanted.</summary>
    public static bool OnlyCommandMissing(ParseResult result) =>
        result.CommandResult.Command.Subcommands.Count > 0 && result.UnmatchedTokens.Count == 0;

    /// <summary>The line, without the word "error".</summary>
    /// <param name="result">A command line with errors.</param>
    public static string Describe(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var (unmatched, name) = (result.UnmatchedTokens, NameOf(command));
        if (unmatched.Count > 0)
        {
            return command.Subcommands.Count > 0
                ? $"'{unmatched[0]}' is not a command of {name}; there are {string.Join(", ", command.Subcommands.Select(one => one.Name))}.{NearestName.Question(unmatched[0], command.Subcommands.Select(one => one.Name).Append("--help"))}"
                : Unmatched(command, unmatched);
        }

        var message = result.Errors[0].Message;
        if (message.StartsWith(OptionWithoutValue, StringComparison.Ordinal))
        {
            return $"{message[OptionWithoutValue.Length..].TrimEnd('.').Trim('\'')} needs a value.";
        }

        return message.StartsWith("Required argument missing", StringComparison.Ordinal)
            ? $"{name} needs {string.Join(" and ", command.Arguments.Select(argument => $"<{argument.Name}>"))}: {command.Arguments[0].Description}"
            : message;
    }

    /// <summary>The line for words that have no place in a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="tokens">The words; at least one.</param>
    public static string Unmatched(Command command, IReadOnlyList<string> tokens) =>
        Unmatched(command, NameOf(command), tokens.FirstOrDefault(token => token.StartsWith('-')) ?? tokens[0]);

    private static string Unmatched(Command command, string name, string token) => token.StartsWith('-')
        ? $"{token} is not an option of {name}.{NearestName.Question(token, OptionsOf(command))} '{name} --help' lists them."
        : $"'{token}' has no place here. '{name} --help' says what {name} takes.";

    private static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive))).Select(option => option.Name);

    private static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}" : command.Name;
}
