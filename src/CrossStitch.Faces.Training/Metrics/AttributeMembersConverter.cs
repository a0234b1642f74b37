using System.Text.Json;
using System.Text.Json.Serialization;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Metrics;

/// <summary>
/// JSON of something that has, behind members of its own, a member for each attribute: those of version 0.1.0, whose
/// attributes were four properties, whatever attributes there are now.
/// </summary>
/// <typeparam name="T">What it is.</typeparam>
/// <typeparam name="TValue">What it has of each attribute.</typeparam>
/// <param name="own">Its own members, as properties are named, and their types.</param>
internal abstract class AttributeMembersConverter<T, TValue>(params (string Name, Type Type)[] own) : JsonConverter<T>
    where T : class
    where TValue : class
{
    /// <inheritdoc/>
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var members = new object?[own.Length];
        var attributes = new Dictionary<string, TValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (Array.FindIndex(own, member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at)
            {
                members[at] = JsonSerializer.Deserialize(ref reader, own[at].Type, options);
            }
            else if (FaceAttribute.Find(name.ToLowerInvariant()) is not { } attribute)
            {
                throw new JsonException($"The JSON property '{name}' could not be mapped to any attribute.");
            }
            else if (JsonSerializer.Deserialize<TValue>(ref reader, options) is { } value)
            {
                attributes[attribute.Name] = value;
            }
        }

        return Make(members, attributes);
    }

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var (members, attributes) = Split(value);
        writer.WriteStartObject();
        for (var i = 0; i < own.Length; i++)
        {
            writer.WritePropertyName(options.PropertyNamingPolicy?.ConvertName(own[i].Name) ?? own[i].Name);
            JsonSerializer.Serialize(writer, members[i], own[i].Type, options);
        }

        foreach (var attribute in FaceAttribute.All)
        {
            writer.WritePropertyName(attribute.Name);
            JsonSerializer.Serialize(writer, attributes.GetValueOrDefault(attribute.Name), options);
        }

        writer.WriteEndObject();
    }

    /// <summary>Puts it together.</summary>
    /// <param name="members">Its own members; null where there was none.</param>
    /// <param name="attributes">What it has of attributes, by name.</param>
    /// <exception cref="JsonException">A member is missing.</exception>
    protected abstract T Make(object?[] members, IReadOnlyDictionary<string, TValue> attributes);

    /// <summary>Takes it apart again.</summary>
    /// <param name="value">It.</param>
    protected abstract (object?[] Members, IReadOnlyDictionary<string, TValue> Attributes) Split(T value);
}
