using System.CommandLine;
using System.Text.Json;

namespace CrossStitch.Cli.Options;

/// <summary>An option that takes one of a few names: an enum's values, written as JSON has them.</summary>
internal static class EnumOption
{
    public static Option<string> Create<T>(string name, string description, T start)
        where T : struct, Enum =>
        Create(name, description, [.. Enum.GetValues<T>().Select(Name)], Name(start));

    public static Option<string> Create(string name, string description, IReadOnlyList<string> names, string start) => new(name)
    {
        Description = $"{description} One of {string.Join(", ", names)}.",
        HelpName = "name",
        DefaultValueFactory = _ => start,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            var known = names.FirstOrDefault(one => one.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                result.AddError($"{name} is '{text}'; there are {string.Join(", ", names)}.{NearestName.Question(text, names)}");
            }

            return known ?? names[0];
        },
    };

    /// <summary>The value that was given, or the default.</summary>
    public static T Read<T>(this ParseResult arguments, Option<string> option)
        where T : struct, Enum =>
        Enum.GetValues<T>().First(value => Name(value) == arguments.GetValue(option));

    public static string Name<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
