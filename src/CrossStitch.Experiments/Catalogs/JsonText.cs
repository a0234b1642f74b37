using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>What is wrong in a JSON text, and where, in words for whoever wrote it.</summary>
internal static partial class JsonText
{
    /// <summary>Says what a reader found wrong, without the names of .NET types.</summary>
    /// <param name="error">What the reader threw.</param>
    /// <param name="catalog">The names that there are.</param>
    /// <returns>The line, from 0, and a phrase without a full stop.</returns>
    public static (long Line, string Problem) Problem(Exception error, Catalog catalog)
    {
        var json = error as JsonException;
        var place = json?.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? $"{path[2..]}: " : "";
        var message = Details().Replace(error.Message.ReplaceLineEndings(" "), "");
        var unknown = UnknownMember().Match(message);
        var missing = MissingMembers().Match(message);
        var reason =
            unknown.Success ? $"there is no setting '{unknown.Groups[1].Value}'"
            : missing.Success ? $"{missing.Groups[1].Value} is missing"
            : message.Contains("could not be converted", StringComparison.Ordinal) ? "this value does not fit here"
            : message.Contains("null", StringComparison.Ordinal) && message.Contains("type", StringComparison.Ordinal) ? "null is not a value here"
            : message.Contains("discriminator", StringComparison.Ordinal) || error is NotSupportedException ? Kind(json?.Path ?? "", catalog)
            : message.TrimEnd('.', ' ');
        return (json?.LineNumber ?? 0, place + reason);
    }

    private static string Kind(string path, Catalog catalog)
    {
        var (property, names) = path.Contains(".stages", StringComparison.Ordinal) ? (catalog.Stages.Property, catalog.Stages.Names)
            : path.Contains(".weighting", StringComparison.Ordinal) ? (catalog.Weightings.Property, catalog.Weightings.Names)
            : path.Contains(".extensions", StringComparison.Ordinal) ? (catalog.Extensions.Property, catalog.Extensions.Names)
            : (catalog.Data.Property, catalog.Data.Names);
        return names.Count == 0 ? "there is nothing to name here" : $"its \"{property}\" is missing or unknown; there are {string.Join(", ", names)}";
    }

    /// <summary>The line on which a property stands.</summary>
    /// <param name="json">A JSON text.</param>
    /// <param name="property">Its path, such as <c>training.epochs</c>; the deepest part of it that is there counts.</param>
    /// <returns>From 1; null if not even its first part is there.</returns>
    public static int? LineOf(string json, string property)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var wanted = property.Split('.');
        var reader = new Utf8JsonReader(bytes);
        int? line = null;
        var found = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == found + 1 && found < wanted.Length && reader.ValueTextEquals(wanted[found]))
            {
                line = 1 + bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
                found++;
            }
        }

        return line;
    }

    [GeneratedRegex(@" ?(Path: |LineNumber: |\| ).*$")]
    private static partial Regex Details();

    [GeneratedRegex("required properties including: (.*?)\\.?$")]
    private static partial Regex MissingMembers();

    [GeneratedRegex("property '([^']*)' could not be mapped")]
    private static partial Regex UnknownMember();
}
