using System.Text;
using System.Text.Json.Nodes;
using CrossStitch.Kernels;

namespace CrossStitch.Experiments.Tests.Damage;

/// <summary>Damages texts as hands, disks and enemies do: the same number gives the same damage.</summary>
internal static class TextMutator
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "7.5", "1e300", "-1e300", "1e999", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "123456789012345678901234567890",
        "\"\"", "\" \"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"..\"", "\"../up\"", "\"a/b\"", "\"\\u0000\"", "\"\\u001b[2J\"", "\"\\u202edlrow\"", "\"HALF A PAIR\"", "\"x\\nx\"", "\"größe\"", "\"[/]\"", "\"=1+1\"",
        "[]", "{}", "[null]", "[[]]", "[[null]]", "[0]", "{\"a\":null}", "{\"kind\":\"nothing\"}", "{\"source\":\"made\"}",
    ];

    /// <summary>A damaged text.</summary>
    /// <param name="text">The whole one; JSON, or a table.</param>
    /// <param name="number">Which damage.</param>
    public static string Damage(string text, int number)
    {
        var random = new SeededRandom(17, (ulong)number);
        return random.NextBool(0.7) && Structure(text, random) is { } structural ? structural : Bytes(text, random);
    }

    private static string? Structure(string text, SeededRandom random)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            // Several lines of JSON, or a table.
            var lines = text.Split('\n');
            var line = random.Next(0, lines.Length);
            if (!lines[line].StartsWith('{') || Structure(lines[line], random) is not { } damaged)
            {
                return null;
            }

            lines[line] = damaged;
            return string.Join('\n', lines);
        }

        var places = Places(root!).ToList();
        var (parent, key, index) = places[random.Next(0, places.Count)];
        if (parent is JsonObject owner)
        {
            switch (random.Next(0, 5))
            {
                case 0:
                    owner.Remove(key!);
                    break;
                case 1:
                    owner[$"{key}x"] = owner[key!]?.DeepClone();
                    break;
                default:
                    owner[key!] = Value(random, owner[key!]);
                    break;
            }
        }
        else if (parent is JsonArray list)
        {
            switch (random.Next(0, 4))
            {
                case 0:
                    list.RemoveAt(index);
                    break;
                case 1:
                    list.Insert(index, list[index]?.DeepClone());
                    break;
                default:
                    list[index] = Value(random, list[index]);
                    break;
            }
        }

        return root!.ToJsonString().Replace("HALF A PAIR", "\\ud800", StringComparison.Ordinal);
    }

    private static JsonNode? Value(SeededRandom random, JsonNode? old) => random.Next(0, 20) switch
    {
        0 => JsonValue.Create(new string('x', 900_000)),
        1 => Enumerable.Range(0, 60).Aggregate((JsonNode)new JsonArray(), (inner, _) => new JsonArray(inner)),
        2 => new JsonArray(old?.DeepClone(), old?.DeepClone()),
        _ => JsonNode.Parse(Values[random.Next(0, Values.Length)]),
    };

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode node) => node switch
    {
        JsonObject owner => owner.SelectMany(member => (member.Value is null ? [] : Places(member.Value)).Prepend((owner, member.Key, 0))),
        JsonArray list => list.SelectMany((value, index) => (value is null ? [] : Places(value)).Prepend((list, null, index))),
        _ => [],
    };

    private static string Bytes(string text, SeededRandom random)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var place = random.Next(0, bytes.Count);
            switch (random.Next(0, 6))
            {
                case 0:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                case 1:
                    bytes[place] = (byte)random.Next(0, 256);
                    break;
                case 2:
                    bytes.InsertRange(place, bytes.Skip(random.Next(0, bytes.Count)).Take(40).ToList());
                    break;
                case 3:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, random.Next(1, 30)));
                    break;
                case 4:
                    bytes.InsertRange(place, "0123456789,\n\"-e]}{["u8[random.Next(0, 19)..].ToArray());
                    break;
                default:
                    for (var i = place; i < bytes.Count; i++)
                    {
                        bytes[i] = 0;
                    }

                    break;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
