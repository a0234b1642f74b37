using System.Text.Json;
using System.Text.Json.Serialization;
using CrossStitch.Relations;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>Penalties of the weight relation by their names.</summary>
internal sealed class PenaltyConverter(Catalog catalog) : JsonConverter<RelationPenalty>
{
    public override RelationPenalty Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        return catalog.Penalties.FirstOrDefault(penalty => penalty.Name == name)
            ?? throw new JsonException($"'{name}' is not a penalty; there are {string.Join(", ", catalog.Penalties.Select(penalty => penalty.Name))}");
    }

    public override void Write(Utf8JsonWriter writer, RelationPenalty value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
