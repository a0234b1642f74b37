using System.CommandLine;
using System.CommandLine.Parsing;

namespace CrossStitch.Cli.Options;

/// <summary>Options and arguments that name something in words, most of them files or folders; an empty one is an error.</summary>
internal static class PathOption
{
    /// <summary>An option.</summary>
    public static Option<string?> Create(string name, string helpName, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result => RefuseEmpty(result, name));
        return option;
    }

    /// <summary>An option with a value of its own if it is not given.</summary>
    public static Option<string> Create(string name, string helpName, string description, string start)
    {
        var option = new Option<string>(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => start };
        option.Validators.Add(result => RefuseEmpty(result, name));
        return option;
    }

    /// <summary>An argument.</summary>
    public static Argument<string> Argument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result => RefuseEmpty(result, $"<{name}>"));
        return argument;
    }

    /// <summary>An argument of at least one.</summary>
    public static Argument<string[]> Arguments(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        argument.Validators.Add(result => RefuseEmpty(result, $"<{name}>"));
        return argument;
    }

    /// <summary>A shell variable that is not set arrives as nothing, or as blanks.</summary>
    private static void RefuseEmpty(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError($"{name} is empty; is a shell variable not set?");
        }
    }
}
