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

    /// <summary>Reads a recipe and checks it.</summary>
    /// <param name="path">Where from.</param>
    /// <exception cref="CrossStitchException">It is missing, no recipe, or an amount is out of its range; the message says the line.</exception>
    public static Recipe Load(string path)
    {
        var recipe = LoadJson<Recipe>(path, "recipe");
        try
        {
            recipe.Validate();
            return recipe;
        }
        catch (CrossStitchException error)
        {
            var line = error.Setting is { } setting && JsonText.LineOf(File.ReadAllText(path), setting) is { } number ? $"({number})" : "";
            throw new CrossStitchException($"{path}{line}: {error.Message}", error);
        }
    }

    /// <summary>Reads any JSON file of a run.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="path">Where from.</param>
    /// <param name="what">What to call it in an error.</param>
    /// <exception cref="CrossStitchException">It is missing or holds something else; the message says the line.</exception>
    public static T LoadJson<T>(string path, string what)
    {
        try
        {
            return Parse<T>(File.ReadAllText(path), path, 1, what, Json);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: the {what} cannot be read: {FileProblem.Reason(error)}.", error);
        }
    }

    /// <summary>Reads a file of a JSON record a line.</summary>
    /// <typeparam name="T">What a line holds.</typeparam>
    /// <param name="path">Where from.</param>
    /// <param name="what">What to call a line in an error.</param>
    /// <exception cref="CrossStitchException">It cannot be read, or a line is something else; the message says which.</exception>
    public static IReadOnlyList<T> LoadJsonLines<T>(string path, string what)
    {
        try
        {
            return [.. File.ReadLines(path).Select((line, i) => Parse<T>(line, path, i + 1, what, JsonLine))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrossStitchException($"{path}: cannot be read: {FileProblem.Reason(error)}.", error);
        }
    }

    private static T Parse<T>(string text, string path, int firstLine, string what, JsonSerializerOptions options)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new CrossStitchException($"{path}({firstLine}): the {what} is empty.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(text, options) ?? throw new CrossStitchException($"{path}({firstLine}): the {what} is null.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            var (line, problem) = JsonText.Problem(error);
            throw new CrossStitchException($"{path}({firstLine + line}): not a {what} of this version: {problem}.", error);
        }
    }

    private static JsonSerializerOptions Options(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        return options;
    }
}
