using System.CommandLine;
using System.Text.Json;

namespace CrossStitch.Cli.Commands;

/// <summary>An option that takes one of a few words: an enum's values, written as JSON has them.</summary>
internal static class EnumOption
{
    public static Option<string> Create<T>(string name, string description, T start)
        where T : struct, Enum
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => Word(start) };
        option.AcceptOnlyFromAmong([.. Enum.GetValues<T>().Select(Word)]);
        return option;
    }

    public static T Read<T>(ParseResult arguments, Option<string> option)
        where T : struct, Enum =>
        Enum.GetValues<T>().First(value => Word(value) == arguments.GetValue(option));

    public static string Word<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
