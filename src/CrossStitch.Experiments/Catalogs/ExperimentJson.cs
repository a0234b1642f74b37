using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>The JSON files of recipes, runs and studies: camelCase names, kebab-case enums, the catalog's kinds of records.</summary>
public sealed class ExperimentJson
{
    private readonly Catalog _catalog;

    internal ExperimentJson(Catalog catalog)
    {
        _catalog = catalog;
        Indented = Options(indented: true);
        Line = Options(indented: false);
    }

    /// <summary>How files are written.</summary>
    public JsonSerializerOptions Indented { get; }

    /// <summary>The same on one line, for files of a line a record.</summary>
    public JsonSerializerOptions Line { get; }

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="path">Where to.</param>
    /// <param name="value">Its content.</param>
    /// <exception cref="CrossStitchException">It cannot be written.</exception>
    public void Save<T>(string path, T value) => AtomicFile.WriteAllText(path, JsonSerializer.Serialize(value, Indented) + "\n");

    /// <summary>Reads a file of at most 32 million characters; what it holds has checked itself.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="path">Where from.</param>
    /// <param name="what">What to call it in an error.</param>
    /// <exception cref="CrossStitchException">It is missing, too large, or holds something else; the message says the line.</exception>
    public T Load<T>(string path, string what) => Load<T>(path, what, BoundedText.Record);

    /// <summary>Reads a file of another size.</summary>
    internal T Load<T>(string path, string what, int most) => Parse<T>(BoundedText.Read(path, what, most), path, what, Indented);

    /// <summary>Reads a file that says its version, or one of version 1, which does not.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="path">Where from.</param>
    /// <param name="what">What to call it in an error.</param>
    /// <param name="ofVersion1">Reads the JSON of version 1.</param>
    /// <param name="check">Checks what was read, of any version; its errors get the line of their setting.</param>
    internal T Load<T>(string path, string what, Func<JsonObject, T> ofVersion1, Action<T>? check = null)
    {
        var text = BoundedText.Read(path, what, BoundedText.Record);
        var read = JsonText.Object(text) is { } json && json["version"] is null ? ofVersion1(json) : Parse<T>(text, path, what, Indented);
        try
        {
            check?.Invoke(read);
            return read;
        }
        catch (CrossStitchException error) when (error.Setting is not null)
        {
            throw At(path, text, error);
        }
    }

    /// <summary>Reads what a file of an earlier version was brought to, or a text that lies in another file.</summary>
    internal T Convert<T>(string json, string path, string what) => Parse<T>(json, path, what, Line);

    /// <summary>Reads a line of a file that has a record a line; null if the line is none.</summary>
    internal T? TryLine<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Line);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Reads a recipe of any version and checks it.</summary>
    /// <param name="path">Where from.</param>
    /// <exception cref="CrossStitchException">It is missing, no recipe, an amount is out of its range, or such a network cannot be; the message says the line.</exception>
    public Recipe LoadRecipe(string path)
    {
        var text = BoundedText.Read(path, "recipe", BoundedText.Record);
        var recipe = ReadRecipe(text, path);
        try
        {
            recipe.Validate(_catalog);
            recipe.Describe(_catalog);
            return recipe;
        }
        catch (CrossStitchException error)
        {
            throw At(path, text, error);
        }
    }

    /// <summary>Brings a recipe's JSON to the version of today.</summary>
    /// <param name="json">The recipe, as a file of any version has it.</param>
    /// <param name="path">Where it was read, for messages.</param>
    /// <exception cref="CrossStitchException">It is of a version that is not known.</exception>
    internal JsonObject Upgrade(JsonObject json, string path) => json["version"]?.GetValueKind() switch
    {
        null => _catalog.Upgrade?.Invoke(json) ?? throw new CrossStitchException($"{path}: a recipe of version 1, which this program has no use for."),
        JsonValueKind.Number when json["version"]!.GetValue<double>() == Recipe.CurrentVersion => json,
        _ => throw new CrossStitchException($"{path}: a recipe of version {json["version"]!.ToJsonString()}; this program reads version {Recipe.CurrentVersion}, and those of version 1, which do not say it."),
    };

    private Recipe ReadRecipe(string text, string path)
    {
        // What a recipe of another version was brought to has lines of its own: those in messages are the file's.
        var json = JsonText.Object(text);
        var isOlder = json is not null && json["version"] is null;
        JsonObject? upgraded = null;
        try
        {
            upgraded = json is null ? null : Upgrade(json, path);
        }
        catch (CrossStitchException error) when (error.Setting is not null)
        {
            throw At(path, text, error);
        }

        return isOlder ? Parse<Recipe>(upgraded!.ToJsonString(Indented), path, "recipe", Indented, text) : Parse<Recipe>(text, path, "recipe", Indented);
    }

    private static CrossStitchException At(string path, string text, CrossStitchException error)
    {
        var line = error.Setting is { } setting && JsonText.LineOf(text, setting) is { } number ? $"({number})" : "";
        return new CrossStitchException($"{path}{line}: {error.Message}", error);
    }

    private T Parse<T>(string text, string path, string what, JsonSerializerOptions options, string? written = null)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new CrossStitchException($"{path}(1): the {what} is empty.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(text, options) ?? throw new CrossStitchException($"{path}(1): the {what} is null.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            var (line, problem) = JsonText.Problem(error, _catalog);

            // A record is checked when its end has been read; a path with places in lists leads to no line.
            var isKnown = written is not null || (error is RecordProblem && !JsonText.PathOf(error).Contains('['));
            var place = (isKnown ? JsonText.LineOf(written ?? text, JsonText.PathOf(error)) : null) ?? (written is null ? 1 + line : 1);
            throw new CrossStitchException($"{path}({place}): not a {what} of this version: {problem}.", error);
        }
    }

    private JsonSerializerOptions Options(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            MaxDepth = JsonText.MostDepth,
            AllowOutOfOrderMetadataProperties = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver
            {
                Modifiers = { _catalog.Data.Describe, _catalog.Weightings.Describe, _catalog.Extensions.Describe, _catalog.Stages.Describe, CheckedReading.Describe },
            },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new PenaltyConverter(_catalog));
        return options;
    }
}
