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
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="start">Its default.</param>
    /// <param name="names">What it takes.</param>
    /// <param name="elsewhere">What another program takes: by name, a sentence that says which.</param>
    public static Option<string> OfNames(string name, string description, string start, IReadOnlyList<string> names, IReadOnlyDictionary<string, string>? elsewhere = null) => new(name)
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
                result.AddError(elsewhere?.GetValueOrDefault(text.ToLowerInvariant()) is { } where
                    ? $"{name} is '{text}', which is not in this program. {where}"
                    : $"{name} is '{text}'; there are {string.Join(", ", names)}.{NearestName.Question(text, names)}");
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
