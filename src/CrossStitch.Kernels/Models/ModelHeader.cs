using System.Text.Encodings.Web;
using System.Text.Json;

namespace CrossStitch.Kernels.Models;

/// <summary>
/// The header of a model file: JSON that says everything but the weights. Members that it does not know are left alone,
/// so that a later version may add some that an older reader can do without.
/// </summary>
internal static class ModelHeader
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false };

    /// <summary>Writes everything but the weights.</summary>
    /// <param name="model">The model.</param>
    public static byte[] Write(NetworkModel model)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            Write(json, model.Input, model.Shape);
            json.WriteStartArray("stages");
            foreach (var stage in model.Shape.Stages)
            {
                json.WriteStartObject();
                json.WriteNumber("channels", stage.Channels);
                json.WriteStartArray("kernel");
                json.WriteNumberValue(stage.KernelHeight);
                json.WriteNumberValue(stage.KernelWidth);
                json.WriteEndArray();
                json.WriteBoolean("pool", stage.Pool);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("towers", model.Shape.Towers);
            json.WriteBoolean("stitched", model.Shape.Stitched);
            Write(json, model.Heads);
            json.WriteStartObject("metadata");
            foreach (var (key, value) in model.Metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads everything but the weights; whether sizes make sense is for <see cref="ModelLayout"/> to say.</summary>
    /// <param name="header">The JSON.</param>
    /// <param name="version">Of which version of the format; the first knows neither crops nor units.</param>
    /// <exception cref="FormatException">It is no header; the message says what is wrong with which value.</exception>
    public static NetworkModel Read(ReadOnlyMemory<byte> header, uint version)
    {
        try
        {
            using var document = JsonDocument.Parse(header, Reading);
            var root = new HeaderValue(document.RootElement, "");
            var input = root["input"];
            var shape = new KernelShape(
                input["channels"].Number(),
                input["height"].Number(),
                input["width"].Number(),
                root["stages"].Items(stage => new KernelStage(stage["channels"].Number(), Kernel(stage, 0), Kernel(stage, 1), stage["pool"].Flag())),
                root["towers"].Number(),
                root["stitched"].Flag());
            var heads = root["heads"].Items(head => new NetworkHead(head["name"].Text(), head["kind"].Choice<HeadKind>(), head["tower"].Number(), head["outputs"].Number(), default, default)
            {
                Labels = head["labels"].Items(label => label.Text()),
                Unit = version == 1 ? null : head.Optional("unit", unit => unit.Text()),
            });
            return new NetworkModel(shape, [], [], heads)
            {
                Input = new InputFormat
                {
                    Channels = input["channelNames"].Items(name => name.Text()),
                    Low = input["low"].Float(),
                    High = input["high"].Float(),
                    Scale = input["scale"].Float(),
                    Offset = input["offset"].Float(),
                    Standardized = input["standardized"].Flag(),
                    MinimumDeviation = input["minimumDeviation"].Float(),
                    Crop = version == 1 ? null : input.Optional("crop", Crop),
                    MirrorAveraged = version > 1 && input.IsSet("mirrorAveraged"),
                },
                Metadata = root["metadata"].Texts(),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what strings that are no Unicode throw.
            throw new FormatException($"not JSON as it should be: {error.Message}", error);
        }
    }

    private static void Write(Utf8JsonWriter json, InputFormat input, KernelShape shape)
    {
        json.WriteStartObject("input");
        json.WriteNumber("channels", shape.InputChannels);
        json.WriteNumber("height", shape.InputHeight);
        json.WriteNumber("width", shape.InputWidth);
        Write(json, "channelNames", input.Channels);
        json.WriteNumber("low", input.Low);
        json.WriteNumber("high", input.High);
        json.WriteNumber("scale", input.Scale);
        json.WriteNumber("offset", input.Offset);
        json.WriteBoolean("standardized", input.Standardized);
        json.WriteNumber("minimumDeviation", input.MinimumDeviation);
        if (input.Crop is { } crop)
        {
            json.WriteStartObject("crop");
            json.WriteString("region", crop.Region);
            json.WriteNumber("margin", crop.Margin);
            json.WriteString("resampling", HeaderValue.Name(crop.Resampling));
            json.WriteString("edges", HeaderValue.Name(crop.Edges));
            if (crop.Points is not null)
            {
                json.WriteStartArray("points");
                foreach (var number in crop.Points)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        if (input.MirrorAveraged)
        {
            json.WriteBoolean("mirrorAveraged", true);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<NetworkHead> heads)
    {
        json.WriteStartArray("heads");
        foreach (var head in heads)
        {
            json.WriteStartObject();
            json.WriteString("name", head.Name);
            json.WriteString("kind", HeaderValue.Name(head.Kind));
            json.WriteNumber("tower", head.Tower);
            json.WriteNumber("outputs", head.Outputs);
            Write(json, "labels", head.Labels);
            if (head.Unit is { } unit)
            {
                json.WriteString("unit", unit);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static int Kernel(HeaderValue stage, int side)
    {
        var sides = stage["kernel"].Items(number => number.Number());
        return sides.Count == 2 ? sides[side] : throw new FormatException($"{stage.Path}.kernel has {sides.Count} numbers; it must have rows and columns");
    }

    private static CropFormat Crop(HeaderValue crop) =>
        new(crop["region"].Text(), crop["margin"].Float(), crop["resampling"].Choice<Resampling>(), crop["edges"].Choice<EdgeHandling>())
        {
            Points = crop.Optional("points", points => points.Items(number => number.Float())),
        };
}
