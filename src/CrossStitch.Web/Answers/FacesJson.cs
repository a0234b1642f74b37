using System.Text.Json;
using System.Text.Json.Serialization;
using CrossStitch.Web.Problems;
using CrossStitch.Web.Runs;

namespace CrossStitch.Web.Answers;

/// <summary>How answers are written as JSON: names in camel case, nothing for what is absent.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(PhotoAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(ServerAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(RunsAnswer))]
[JsonSerializable(typeof(RunAnswer))]
internal sealed partial class FacesJson : JsonSerializerContext;
