using System.Text.Json.Nodes;

namespace CrossStitch.Experiments.Studies;

/// <summary>Differences between JSON objects, as RFC 7396 has them.</summary>
internal static class MergePatch
{
    /// <summary>What turns one object into another.</summary>
    public static JsonObject Between(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in to)
        {
            var before = from[name];
            if (before is JsonObject inner && value is JsonObject now)
            {
                if (Between(inner, now) is { Count: > 0 } changes)
                {
                    patch[name] = changes;
                }
            }
            else if (!JsonNode.DeepEquals(before, value))
            {
                patch[name] = value?.DeepClone();
            }
        }

        foreach (var (name, _) in from.Where(entry => !to.ContainsKey(entry.Key)))
        {
            patch[name] = null;
        }

        return patch;
    }

    /// <summary>An object with a patch on it.</summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = value is JsonObject changes && target[name] is JsonObject inner ? Apply((JsonObject)inner.DeepClone(), changes) : value.DeepClone();
            }
        }

        return target;
    }
}
