using System.Text.Json;
using System.Text.Json.Serialization;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Export;

/// <summary>How metadata becomes JSON: written by the compiler, so that trimmed and ahead-of-time compiled programs export too.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(SmallLetters<Resampling>), typeof(SmallLetters<EdgeHandling>)])]
[JsonSerializable(typeof(InputFormat))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class OnnxMetadata : JsonSerializerContext
{
    /// <summary>Values of an enumeration by their names, as a model file has them.</summary>
    private sealed class SmallLetters<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower)
        where T : struct, Enum;
}
