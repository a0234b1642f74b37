using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Measures;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>How well a reader reads photos, a row a protocol.</summary>
internal static class ReaderMeasureDisplay
{
    /// <summary>The same as JSON; a number that there is not is null.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new NumberOrNull() },
    };

    /// <summary>Prints the tables.</summary>
    /// <param name="console">Where.</param>
    /// <param name="measures">A measure a protocol.</param>
    /// <param name="detector">Whose boxes the detector's are, such as "a detector's".</param>
    public static void Show(IAnsiConsole console, IReadOnlyList<ReaderMeasure> measures, string detector)
    {
        var attributes = FaceAttribute.All.Where(attribute => measures[0].BalancedAccuracy.ContainsKey(attribute.Name)).ToList();
        PagedTable.Write(
            console,
            ["box", "faces", "error, % of\neye distance", "faces\n> 10 %", .. attributes.Select(attribute => attribute.Name)],
            [.. measures.Select(measure => (string[])[
                Name(measure, detector),
                Text($"{measure.Faces}"),
                $"{Percent(measure.Error, "0.00")}\n[grey]± {Percent(measure.HalfWidth, "0.00")}[/]",
                Percent(measure.FailureRate, "0.0"),
                .. attributes.Select(attribute => Percent(measure.BalancedAccuracy[attribute.Name], "0.0")),
            ])]);
        console.MarkupLineInterpolated($"[grey]± half of a 95 % interval by the faces' spread; attributes: balanced accuracy in %.[/]");
        PagedTable.Write(
            console,
            ["box", .. measures[0].ByPose.Select(pose => Text($"{pose.Pose}\n{pose.Faces} {(pose.Faces == 1 ? "face" : "faces")}"))],
            [.. measures.Select(measure => (string[])[Name(measure, detector), .. measure.ByPose.Select(pose => $"{Percent(pose.Error, "0.00")}\n[grey]{Percent(pose.FailureRate, "0.0")}[/]")])]);
        console.MarkupLineInterpolated($"[grey]By the true pose: error, then faces above 10 %.[/]");
        var (offset, without) = (measures[0].Offset, Percent(measures[0].ErrorWithoutOffset, "0.00"));
        console.WriteLine(Text($"With the first row's boxes, points lie {Distance(offset.X)} pixels {(offset.X < 0 ? "left" : "right")} of the annotated ones and {Distance(offset.Y)} {(offset.Y < 0 ? "above" : "below")} them (median); moved back by that, the error is {without} %."));
    }

    private static string Name(ReaderMeasure measure, string detector) => measure.Protocol switch
    {
        BoxProtocol.Detector => Text($"{detector}\n[grey]{measure.Fallbacks} missed: from the true points[/]"),
        BoxProtocol.Landmarks => "from the true points",
        _ => Text($"whole picture alone\n[grey]{measure.Fallbacks} read from the middle[/]"),
    };

    private static string Percent(double share, string digits) => double.IsFinite(share) ? (100 * share).ToString(digits, CultureInfo.InvariantCulture) : "–";

    private static string Distance(float pixels) => Text($"{MathF.Abs(pixels):0.0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class NumberOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
