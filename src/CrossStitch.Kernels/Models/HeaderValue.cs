using System.Text.Json;

namespace CrossStitch.Kernels.Models;

/// <summary>A JSON value that knows where it stands, so that a wrong one can be named.</summary>
/// <param name="element">The value.</param>
/// <param name="path">Where it stands: <c>stages[2].kernel</c>.</param>
internal readonly struct HeaderValue(JsonElement element, string path)
{
    /// <summary>Where it stands.</summary>
    public string Path => path;

    /// <summary>A member of an object.</summary>
    /// <param name="name">Which.</param>
    /// <exception cref="FormatException">It is no object, or has no such member.</exception>
    public HeaderValue this[string name]
    {
        get
        {
            var inside = path.Length == 0 ? name : $"{path}.{name}";
            return Expect(JsonValueKind.Object, "an object").TryGetProperty(name, out var member) ? new HeaderValue(member, inside) : throw new FormatException($"{inside} is missing");
        }
    }

    /// <summary>A member of an object that may be left out; null where it is.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="name">Which.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="FormatException">It is no object.</exception>
    public T? Optional<T>(string name, Func<HeaderValue, T> read)
        where T : class => Expect(JsonValueKind.Object, "an object").TryGetProperty(name, out _) ? read(this[name]) : null;

    /// <summary>Whether an object has a member that is true; false where it is left out.</summary>
    /// <param name="name">Which.</param>
    /// <exception cref="FormatException">It is no object, or the member is neither true nor false.</exception>
    public bool IsSet(string name) => Expect(JsonValueKind.Object, "an object").TryGetProperty(name, out _) && this[name].Flag();

    /// <summary>A whole number.</summary>
    /// <exception cref="FormatException">It is none, or one too large.</exception>
    public int Number() => Expect(JsonValueKind.Number, "a number").TryGetInt32(out var number) ? number : throw Wrong("a whole number below 2³¹");

    /// <summary>Any number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public float Float() => Expect(JsonValueKind.Number, "a number").TryGetSingle(out var number) ? number : throw Wrong("a number");

    /// <summary>True or false.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public bool Flag() => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Wrong("true or false");

    /// <summary>A string.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    /// <exception cref="InvalidOperationException">It is no Unicode.</exception>
    public string Text() => Expect(JsonValueKind.String, "a string").GetString()!;

    /// <summary>One of the values of an enumeration, by its name in small letters.</summary>
    /// <typeparam name="T">Which enumeration.</typeparam>
    /// <exception cref="FormatException">It is none of them.</exception>
    public T Choice<T>()
        where T : struct, Enum
    {
        var (text, values) = (Text(), Enum.GetValues<T>());
        var at = Array.FindIndex(values, value => Name(value) == text);
        return at >= 0 ? values[at] : throw new FormatException($"{path} is '{text}'; it must be {string.Join(" or ", values.Select(Name))}");
    }

    /// <summary>How a header calls a value of an enumeration: by its name in small letters.</summary>
    /// <typeparam name="T">Which enumeration.</typeparam>
    /// <param name="value">Which value.</param>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The items of an array.</summary>
    /// <typeparam name="T">What each is.</typeparam>
    /// <param name="read">Reads one.</param>
    /// <exception cref="FormatException">It is no array.</exception>
    public IReadOnlyList<T> Items<T>(Func<HeaderValue, T> read)
    {
        var items = new List<T>();
        foreach (var item in Expect(JsonValueKind.Array, "an array").EnumerateArray())
        {
            items.Add(read(new HeaderValue(item, $"{path}[{items.Count}]")));
        }

        return items;
    }

    /// <summary>The members of an object of strings.</summary>
    /// <exception cref="FormatException">It is no such object.</exception>
    public IReadOnlyDictionary<string, string> Texts()
    {
        var texts = new Dictionary<string, string>();
        foreach (var member in Expect(JsonValueKind.Object, "an object").EnumerateObject())
        {
            texts[member.Name] = new HeaderValue(member.Value, $"{path}.{member.Name}").Text();
        }

        return texts;
    }

    private JsonElement Expect(JsonValueKind kind, string what) => element.ValueKind == kind ? element : throw Wrong(what);

    private FormatException Wrong(string what) => new($"{(path.Length == 0 ? "it" : path)} is {Shown(element)}; it must be {what}");

    private static string Shown(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number of another kind",
        _ => element.GetRawText(),
    };
}
