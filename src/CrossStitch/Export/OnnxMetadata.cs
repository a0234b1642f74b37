using System.Text.Json.Serialization;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Export;

/// <summary>How metadata becomes JSON: written by the compiler, so that trimmed and ahead-of-time compiled programs export too.</summary>
[JsonSerializable(typeof(InputFormat))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class OnnxMetadata : JsonSerializerContext;
