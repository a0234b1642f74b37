using System.CommandLine;
using System.Text.Json;

namespace CrossStitch.Cli.Options;

/// <summary>An option that takes one of a few names: an enum's values, written as JSON has them.</summary>
internal static class EnumOption
{
    public static Option<string> Create<T>(string name, string description, T start)
        where T : struct, Enum =>
        OfNames(name, description, Name(start), [.. Enum.GetValues<T>().Select(Name)]);

    /// <summary>An option of names that are no enum's.</summary>
    public static Option<string> OfNames(string name, string description, string start, IReadOnlyList<string> names) => new(name)
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
