using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrossStitch.Experiments.Reports;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>What is wrong in a JSON text, and where, in words for whoever wrote it.</summary>
internal static partial class JsonText
{
    /// <summary>How deep lists and objects may lie in each other.</summary>
    public const int MostDepth = 64;

    /// <summary>How much deeper a form of an earlier version may lie once it is brought to today's.</summary>
    private const int UpgradeDepth = 4;

    /// <summary>Characters of what a reader says: it may quote a text of the file, however long.</summary>
    private const int MostProblem = 300;

    /// <summary>Reads an object as JSON of any form.</summary>
    /// <param name="json">A text.</param>
    /// <returns>Null if it is none, or no JSON at all, which whoever reads it as a record will say.</returns>
    public static JsonObject? Object(string json)
    {
        try
        {
            // Texts are decoded when somebody asks for them; half a surrogate pair would be found as late as that.
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            while (reader.Read())
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            }

            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MostDepth - UpgradeDepth }) as JsonObject;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Says what a reader found wrong, without the names of .NET types.</summary>
    /// <param name="error">What the reader threw.</param>
    /// <param name="catalog">The names that there are.</param>
    /// <returns>The line, from 0, and a phrase without a full stop.</returns>
    public static (long Line, string Problem) Problem(Exception error, Catalog catalog)
    {
        var place = PathOf(error) is { Length: > 0 } path ? $"{path}: " : "";
        var message = Details().Replace(error.Message.ReplaceLineEndings(" "), "");
        var unknown = UnknownMember().Match(message);
        var missing = MissingMembers().Match(message);
        var reason =
            unknown.Success ? $"there is no setting '{ShownText.Of(unknown.Groups[1].Value, MostProblem)}'"
            : missing.Success ? $"{missing.Groups[1].Value} is missing"
            : message.Contains("could not be converted", StringComparison.Ordinal) ? "this value does not fit here"
            : message.Contains("null", StringComparison.Ordinal) && message.Contains("type", StringComparison.Ordinal) ? "null is not a value here"
            : message.Contains("discriminator", StringComparison.Ordinal) || error is NotSupportedException ? $"its kind is missing or unknown; {Kinds(place, catalog)}"
            : ShownText.Of(message.TrimEnd('.', ' '), MostProblem);
        return ((error as JsonException)?.LineNumber ?? 0, place + reason);
    }

    private static string Kinds(string place, Catalog catalog)
    {
        var (what, property, names) =
            place.Contains("stages", StringComparison.Ordinal) ? ("a stage", catalog.Stages.Property, catalog.Stages.Names)
            : place.StartsWith("weighting", StringComparison.Ordinal) ? ("a weighting", catalog.Weightings.Property, catalog.Weightings.Names)
            : place.StartsWith("extensions", StringComparison.Ordinal) ? ("an extension", catalog.Extensions.Property, catalog.Extensions.Names)
            : ("data", catalog.Data.Property, catalog.Data.Names);
        return $"{what} has a \"{property}\" of {string.Join(", ", names)}";
    }

    /// <summary>The path of the property that a reader stopped at; empty for the whole.</summary>
    /// <param name="error">What the reader threw.</param>
    public static string PathOf(Exception error)
    {
        var path = error is JsonException { Path: { } known } && known.StartsWith("$.", StringComparison.Ordinal) ? known[2..] : "";
        return error is RecordProblem { Member: var member } ? $"{path}.{member}".TrimStart('.') : path;
    }

    /// <summary>The line on which a property stands.</summary>
    /// <param name="json">A JSON text.</param>
    /// <param name="property">
    /// Its path, such as <c>training.epochs</c>; the deepest part of it that is there counts. One that now stands deeper than in
    /// the text is found where it stood: <c>data.augmentation.flip</c> as <c>augmentation.flip</c>.
    /// </param>
    /// <returns>From 1; null if not even its first part is there.</returns>
    public static int? LineOf(string json, string property)
    {
        var wanted = property.Split('.');
        var (line, depth) = Find(json, wanted);
        var (other, inner) = wanted.Length > 1 && depth < wanted.Length ? Find(json, wanted[1..]) : (null, 0);
        return inner > 0 && inner == wanted.Length - 1 ? other : line;
    }

    private static (int? Line, int Depth) Find(string json, string[] wanted)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        int? line = null;
        var (found, depth) = (0, 0);
        while (reader.Read())
        {
            // Below the first part there may be lists, whose places no part names.
            if (reader.TokenType == JsonTokenType.PropertyName && (found == 0 ? reader.CurrentDepth == 1 : reader.CurrentDepth > depth) && found < wanted.Length && reader.ValueTextEquals(wanted[found]))
            {
                depth = reader.CurrentDepth;
                line = 1 + bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
                found++;
            }
        }

        return (line, found);
    }

    [GeneratedRegex(@" ?(Path: |LineNumber: |\| ).*$")]
    private static partial Regex Details();

    [GeneratedRegex("required properties including: (.*?)\\.?$")]
    private static partial Regex MissingMembers();

    [GeneratedRegex("property '([^']*)' could not be mapped")]
    private static partial Regex UnknownMember();
}
