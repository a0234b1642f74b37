using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Recipes and results as JSON.</summary>
public static class RecipeFile
{
    /// <summary>How every JSON file of a run is written: indented, camelCase names, kebab-case enums.</summary>
    public static JsonSerializerOptions Json { get; } = Options(indented: true);

    /// <summary>The same on one line, for files of a line a record.</summary>
    public static JsonSerializerOptions JsonLine { get; } = Options(indented: false);

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">Where from.</param>
    /// <exception cref="CrossStitchException">It is missing or no recipe; the message says the line.</exception>
    public static Recipe Load(string path) => LoadJson<Recipe>(path, "recipe");

    /// <summary>Reads any JSON file of a run.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="path">Where from.</param>
    /// <param name="what">What to call it in an error.</param>
    /// <exception cref="CrossStitchException">It is missing or holds something else; the message says the line.</exception>
    public static T LoadJson<T>(string path, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Json)
                ?? throw new CrossStitchException($"{path}: the {what} is empty.");
        }
        catch (JsonException error)
        {
            throw new CrossStitchException($"{path}({error.LineNumber + 1}): not a {what} of this version: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: the {what} cannot be read: {error.Message}", error);
        }
    }

    private static JsonSerializerOptions Options(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        return options;
    }
}
