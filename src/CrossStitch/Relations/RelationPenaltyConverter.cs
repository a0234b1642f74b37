using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrossStitch.Relations;

/// <summary>A penalty in JSON: its name.</summary>
internal sealed class RelationPenaltyConverter : JsonConverter<RelationPenalty>
{
    /// <inheritdoc/>
    public override RelationPenalty Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        var names = RelationPenalty.All.Select(penalty => penalty.Name).ToList();
        return RelationPenalty.All.FirstOrDefault(penalty => penalty.Name == name) ?? throw new JsonException(name is null
            ? $"a penalty is one of the names {string.Join(", ", names)}"
            : $"there is no penalty '{name}'; there are {string.Join(", ", names)}.{NearestName.Question(name, names)}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RelationPenalty value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
