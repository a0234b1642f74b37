using System.Text;
using System.Text.Json;
using CrossStitch.Cli.Photos;
using CrossStitch.Faces;
using CrossStitch.Faces.Reading;

namespace CrossStitch.Cli.Display;

/// <summary>Faces for a program to read: a JSON object a photo, on one line.</summary>
internal sealed class FaceJson : IFaceFormat
{
    /// <inheritdoc/>
    public string? Head => null;

    /// <inheritdoc/>
    public IEnumerable<string> Lines(ReadPhoto photo)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("photo", photo.Name);
            json.WriteNumber("width", photo.Width);
            json.WriteNumber("height", photo.Height);
            json.WriteStartArray("faces");
            foreach (var face in photo.Faces)
            {
                Write(json, face);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return [Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)];
    }

    private static void Write(Utf8JsonWriter json, Face face)
    {
        json.WriteStartObject();
        json.WriteStartObject("box");
        json.WriteNumber("left", face.Box.Left);
        json.WriteNumber("top", face.Box.Top);
        json.WriteNumber("side", face.Box.Side);
        json.WriteEndObject();
        json.WriteNumber("score", face.Score);
        json.WriteStartObject("landmarks");
        foreach (var landmark in Enum.GetValues<Landmark>())
        {
            json.WriteStartArray(FaceWords.Of(landmark));
            json.WriteNumberValue(face.Landmarks[landmark].X);
            json.WriteNumberValue(face.Landmarks[landmark].Y);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        Write(json, "pose", face.Pose, value => json.WriteStringValue(FaceWords.Of(value)), [.. Enum.GetValues<HeadPose>().Select(FaceWords.Of)]);
        Write(json, "gender", face.Gender, value => json.WriteStringValue(FaceWords.Of(value)), [.. Enum.GetValues<Gender>().Select(FaceWords.Of)]);
        Write(json, "glasses", face.Glasses, json.WriteBooleanValue, ["no", "yes"]);
        Write(json, "smile", face.Smile, json.WriteBooleanValue, ["no", "yes"]);
        json.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter json, string name, Prediction<T>? prediction, Action<T> write, IReadOnlyList<string> values)
        where T : struct
    {
        if (prediction is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WritePropertyName("value");
        write(prediction.Value);
        json.WriteNumber("probability", prediction.Probability);
        json.WriteStartObject("probabilities");
        for (var i = 0; i < values.Count; i++)
        {
            json.WriteNumber(values[i], prediction.Probabilities[i]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
