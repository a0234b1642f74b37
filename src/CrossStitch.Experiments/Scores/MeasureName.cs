using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrossStitch.Experiments.Scores;

/// <summary>A measure in a file of results: its name.</summary>
internal sealed class MeasureName : JsonConverter<Measure>
{
    public override Measure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Results are written, and never read.");

    public override void Write(Utf8JsonWriter writer, Measure value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
