using System.Text.Json.Nodes;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Data;

namespace CrossStitch.Faces.Training;

/// <summary>Faces in the catalog of what recipes can name.</summary>
public static class FaceCatalog
{
    /// <summary>A catalog that knows MTFL archives and drawn faces.</summary>
    public static Catalog Create()
    {
        var catalog = new Catalog { Upgrade = Upgrade };
        catalog.Data.Add<DrawnData>("drawn");
        catalog.Data.Add<MtflData>("mtfl");
        return catalog;
    }

    /// <summary>
    /// Brings a recipe of version 1 to version 2. It had auxiliary tasks and one λ for them all, augmentation beside the data,
    /// and other names for engines.
    /// </summary>
    private static JsonObject Upgrade(JsonObject recipe)
    {
        var network = Text(recipe, "network") ?? "cross-stitch";
        var weight = recipe["auxiliaryWeight"]?.DeepClone() ?? JsonValue.Create(FaceTasks.AttributeWeight);
        IReadOnlyList<string> auxiliary = recipe.ContainsKey("auxiliary") ? Auxiliary(recipe["auxiliary"]) : AttributeNames();
        JsonObject Group(string name, bool main, IEnumerable<string> tasks) => new()
        {
            ["name"] = name,
            ["tasks"] = new JsonObject([.. main ? [KeyValuePair.Create(FaceTasks.Landmarks, (JsonNode?)1)] : Array.Empty<KeyValuePair<string, JsonNode?>>(), .. tasks.Select(task => KeyValuePair.Create(task, (JsonNode?)weight.DeepClone()))]),
        };
        recipe["groups"] = network switch
        {
            "single" => new JsonArray(Group(FaceTasks.Landmarks, true, [])),
            "split" => new JsonArray(Group("trunk", true, auxiliary)),
            _ => new JsonArray(Group(FaceTasks.Landmarks, true, []), Group("auxiliary", false, auxiliary)),
        };
        if (!recipe.ContainsKey("data"))
        {
            recipe["data"] = new JsonObject { ["source"] = "drawn" };
        }

        if (recipe.Remove("augmentation", out var augmentation) && recipe["data"] is JsonObject data)
        {
            data["augmentation"] = augmentation;
        }

        recipe["engine"] = Text(recipe, "engine") switch { null or "auto" => Catalog.AnyEngine, "fused" => "kernels", "eager" => "torch", var other => other };
        if (recipe["versions"] is JsonObject versions && versions.Remove("faces", out var fingerprint))
        {
            versions["data"] = fingerprint;
        }

        recipe.Remove("auxiliary");
        recipe.Remove("auxiliaryWeight");
        recipe["version"] = 2;
        return recipe;
    }

    private static IReadOnlyList<string> Auxiliary(JsonNode? value)
    {
        var known = AttributeNames();
        CrossStitchException Wrong(string message) => new(message) { Setting = "auxiliary" };
        IReadOnlyList<string> names = value is JsonArray array ? [.. array.Select(name => name?.ToString() ?? "null")] : throw Wrong("The auxiliary tasks are a list of names.");
        return names.FirstOrDefault(name => !known.Contains(name)) is { } unknown ? throw Wrong($"'{unknown}' is not an auxiliary task; there are {string.Join(", ", known)}.")
            : names.Distinct().Count() < names.Count ? throw Wrong("An auxiliary task is named twice.")
            : names;
    }

    private static IReadOnlyList<string> AttributeNames() => [.. FaceAttribute.All.Select(attribute => attribute.Name)];

    private static string? Text(JsonObject recipe, string name) => recipe[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
