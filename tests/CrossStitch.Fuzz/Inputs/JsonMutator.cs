using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossStitch.Kernels;

namespace CrossStitch.Fuzz.Inputs;

/// <summary>Changes JSON so that most of it stays JSON: other types, nulls, giant numbers, deep nesting, members left out, renamed or given twice.</summary>
internal static class JsonMutator
{
    private const int TooDeep = 200;

    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 8 * TooDeep };

    /// <summary>Changes one thing.</summary>
    /// <param name="bytes">JSON in UTF-8; anything else is changed as bytes.</param>
    /// <param name="other">Another input of the same form.</param>
    /// <param name="random">Chooses.</param>
    public static byte[] Change(byte[] bytes, byte[] other, SeededRandom random)
    {
        try
        {
            var root = new JsonArray(JsonNode.Parse(bytes));
            var (places, words) = (new List<Place>(), new Words());
            Collect(root, places);
            Change(places[random.Next(0, places.Count)], places, words, random);
            return Encoding.UTF8.GetBytes(words.PutInto(root[0]?.ToJsonString(Writing) ?? "null"));
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            // An earlier change made it no JSON, or gave a member twice.
            return ByteMutator.Change(bytes, other, random);
        }
    }

    /// <summary>Changes one line of JSON, or the lines.</summary>
    /// <param name="bytes">A JSON value a line.</param>
    /// <param name="other">Another input of the same form.</param>
    /// <param name="random">Chooses.</param>
    public static byte[] ChangeLine(byte[] bytes, byte[] other, SeededRandom random)
    {
        if (random.NextBool(0.3))
        {
            return LineMutator.Change(bytes, other, random);
        }

        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var at = random.Next(0, lines.Length);
        lines[at] = Encoding.UTF8.GetString(Change(Encoding.UTF8.GetBytes(lines[at]), other, random));
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static void Change(Place place, List<Place> places, Words words, SeededRandom random)
    {
        var node = place.Node;
        switch (random.Next(0, 16))
        {
            case 0 or 1 or 2 or 3 or 4:
                place.Put(words.Raw(OddValues.Json(random)));
                break;
            case 5:
                place.Put(OddValues.One(random, places).Node?.DeepClone());
                break;
            case 6:
                place.Remove();
                break;
            case 7 when place.Parent is JsonObject:
                var again = random.NextBool() ? OddValues.Json(random) : node?.ToJsonString(Writing) ?? "null";
                place.Put(words.Raw($"{node?.ToJsonString(Writing) ?? "null"},{JsonSerializer.Serialize(place.Name, Writing)}:{again}"));
                break;
            case 8 when place.Parent is JsonObject parent:
                place.Remove();
                parent[random.NextBool() ? OddValues.Text(random) : OddValues.One(random, places).Name] = node;
                break;
            case 9 when node is JsonObject members:
                members[random.NextBool() ? OddValues.Text(random) : OddValues.One(random, places).Name] = words.Raw(OddValues.Json(random));
                break;
            case 10 when node is JsonArray { Count: > 0 } list:
                Repeat(list, random);
                break;
            case 11 when node is JsonArray list:
                list.Insert(random.Next(0, list.Count + 1), words.Raw(OddValues.Json(random)));
                break;
            case 12 when node is JsonArray list:
                list.Clear();
                break;
            case 13:
                var depth = random.Next(1, random.NextBool() ? 3 : TooDeep);
                var (open, close) = random.NextBool() ? ("[", "]") : ("{\"a\":", "}");
                place.Put(words.Raw($"{Repeated(open, depth)}{node?.ToJsonString(Writing) ?? "null"}{Repeated(close, depth)}"));
                break;
            case 14 when node is JsonValue value && value.TryGetValue<double>(out var number):
                place.Put(words.Raw(Near(number, random)));
                break;
            case 14 when node is JsonValue value && value.TryGetValue<string>(out var text):
                place.Put(text.Insert(random.Next(0, text.Length + 1), OddValues.Text(random)));
                break;
            default:
                var second = OddValues.One(random, places);
                var (one, two) = (node?.DeepClone(), second.Node?.DeepClone());
                place.Put(two);
                second.Put(one);
                break;
        }
    }

    private static void Repeat(JsonArray list, SeededRandom random)
    {
        var item = list[random.Next(0, list.Count)];
        for (var i = OddValues.Repeats(random, item?.ToJsonString(Writing).Length ?? 4); i > 0; i--)
        {
            list.Add(item?.DeepClone());
        }
    }

    private static string Near(double number, SeededRandom random) => random.Next(0, 5) switch
    {
        0 => JsonSerializer.Serialize(number + 1),
        1 => JsonSerializer.Serialize(number - 1),
        2 => JsonSerializer.Serialize(-number),
        3 => $"{JsonSerializer.Serialize(number)}{(double.IsInteger(number) ? ".5" : "1")}",
        _ => JsonSerializer.Serialize(double.IsFinite(number * 1e6) ? number * 1e6 : 0),
    };

    private static string Repeated(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static void Collect(JsonNode node, List<Place> places)
    {
        if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Collect(new Place(list, "", i), places);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, _) in members)
            {
                Collect(new Place(members, name, 0), places);
            }
        }
    }

    private static void Collect(Place place, List<Place> places)
    {
        places.Add(place);
        if (place.Node is { } node)
        {
            Collect(node, places);
        }
    }

    /// <summary>Where a value stands. Another change may have taken it away meanwhile, which is then no harm.</summary>
    private readonly record struct Place(JsonNode Parent, string Name, int Index)
    {
        public JsonNode? Node => Parent is JsonObject members ? members[Name] : Index < Parent.AsArray().Count ? Parent[Index] : null;

        public void Put(JsonNode? value)
        {
            if (Parent is JsonObject members)
            {
                members[Name] = value;
            }
            else if (Index < Parent.AsArray().Count)
            {
                Parent[Index] = value;
            }
        }

        public void Remove()
        {
            if (Parent is JsonObject members)
            {
                members.Remove(Name);
            }
            else if (Index < Parent.AsArray().Count)
            {
                Parent.AsArray().RemoveAt(Index);
            }
        }
    }

    /// <summary>Texts that stand in a value as they are, whether or not they are JSON.</summary>
    private sealed class Words
    {
        private readonly List<string> _words = [];

        public JsonValue Raw(string text)
        {
            _words.Add(text);
            return JsonValue.Create(Mark(_words.Count - 1));
        }

        public string PutInto(string json)
        {
            for (var i = 0; i < _words.Count; i++)
            {
                json = json.Replace($"\"{Mark(i)}\"", _words[i], StringComparison.Ordinal);
            }

            return json;
        }

        private static string Mark(int number) => $"##raw {number}##";
    }
}
