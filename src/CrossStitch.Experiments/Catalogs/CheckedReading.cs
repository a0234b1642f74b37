using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>
/// Has every record check itself as soon as it has been read from JSON. The serialiser knows which members may be null; this
/// adds the elements of lists and dictionaries, a length for every text, and what <see cref="RecordCheck"/> asks of a record.
/// </summary>
internal static class CheckedReading
{
    /// <summary>The most characters of one text: twice the longest path of a file.</summary>
    public const int MostText = 8192;

    /// <summary>Adds the checks to what the serialiser knows of a type.</summary>
    public static void Describe(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        var context = new NullabilityInfoContext();
        var members = type.Properties
            .Where(member => member.Get is not null && (member.Set is not null || member.AssociatedParameter is not null) && member.AttributeProvider is PropertyInfo)
            .Select(member => (member.Name, Get: member.Get!, Declared: context.Create((PropertyInfo)member.AttributeProvider!)))
            .Where(member => !member.Declared.Type.IsValueType)
            .ToList();
        type.OnDeserialized += record =>
        {
            foreach (var (name, get, declared) in members)
            {
                // Of the members themselves the serialiser knows which may be null or left out, and says it after this.
                if (get(record) is { } value && Problem(value, declared) is { } problem)
                {
                    throw new RecordProblem(name, problem);
                }
            }

            if (RecordCheck.Problem(record) is { } wrong)
            {
                throw new JsonException(wrong);
            }
        };
    }

    private static string? Problem(object? value, NullabilityInfo declared) => value switch
    {
        null => declared.ReadState == NullabilityState.NotNull ? "has a null where a value belongs" : null,
        string text => text.Length > MostText ? $"has a text of {text.Length} characters; the most is {MostText}" : null,
        JsonNode => null,
        IDictionary entries when declared.GenericTypeArguments is [_, var element] =>
            First(entries.Keys.Cast<object?>(), declared.GenericTypeArguments[0]) ?? First(entries.Values.Cast<object?>(), element),
        IEnumerable elements when (declared.ElementType ?? declared.GenericTypeArguments.SingleOrDefault()) is { Type.IsValueType: false } element =>
            First(elements.Cast<object?>(), element),
        _ => null,
    };

    private static string? First(IEnumerable<object?> values, NullabilityInfo declared) => declared.Type.IsValueType ? null : values.Select(value => Problem(value, declared)).FirstOrDefault(problem => problem is not null);
}
