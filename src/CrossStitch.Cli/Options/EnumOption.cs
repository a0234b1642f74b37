using System.CommandLine;
using System.Text.Json;

namespace CrossStitch.Cli.Options;

/// <summary>An option that takes one of a few names: an enum's values, written as JSON has them.</summary>
internal static class EnumOption
{
    public static Option<T> Create<T>(string name, string description, T start)
        where T : struct, Enum
    {
        var names = Enum.GetValues<T>().ToDictionary(Name, value => value, StringComparer.OrdinalIgnoreCase);
        return new Option<T>(name)
        {
            Description = $"{description} One of {string.Join(", ", names.Keys)}.",
            HelpName = "name",
            DefaultValueFactory = _ => start,
            CustomParser = result =>
            {
                var text = result.Tokens[^1].Value;
                if (!names.TryGetValue(text, out var value))
                {
                    result.AddError($"{name} is '{text}'; there are {string.Join(", ", names.Keys)}.{NearestName.Question(text, names.Keys)}");
                }

                return value;
            },
        };
    }

    public static string Name<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
