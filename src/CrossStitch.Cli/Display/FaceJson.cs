using System.Text.Json;
using System.Text.Json.Serialization;
using CrossStitch.Cli.Photos;
using CrossStitch.Web.Answers;

namespace CrossStitch.Cli.Display;

/// <summary>Faces for a program to read: a JSON object a photo, on one line, with its faces as the server answers them.</summary>
internal sealed class FaceJson : IFaceFormat
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <inheritdoc/>
    public string? Head => null;

    /// <inheritdoc/>
    public IEnumerable<string> Lines(ReadPhoto photo) =>
        [JsonSerializer.Serialize(new { Photo = photo.Name, photo.Width, photo.Height, Faces = photo.Faces.Select(FaceAnswer.Of) }, Options)];
}
