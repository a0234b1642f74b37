using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Studies;

/// <summary>What a network of a study has that the study's base recipe has not. Its seeds are averaged over.</summary>
/// <param name="Name">Its name in tables, files and folders: made once, and never taken apart.</param>
/// <param name="Network">The network.</param>
/// <param name="Auxiliary">Its auxiliary tasks.</param>
public sealed record Variant(string Name, string Network, IReadOnlyList<string> Auxiliary)
{
    /// <summary>What stands between a network's name and what is changed in it.</summary>
    private const char ChangeMark = '@';

    /// <summary>Whether it stands in the table of networks, or only answers a question.</summary>
    public bool IsMain { get; init; } = true;

    /// <summary>What is different in its recipe: the entries that differ, as in a JSON merge patch (RFC 7396); null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Settings { get; init; }

    /// <summary>
    /// The variants whose predictions are averaged, seed by seed, in the place of a training: an ensemble of their networks. Null
    /// for a variant that is trained itself. Classes are not averaged, so the ensemble has what it regresses alone.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Averages { get; init; }

    /// <summary>A network with auxiliary tasks, as the base recipe has it.</summary>
    /// <param name="recipe">The base recipe, with all tasks.</param>
    /// <param name="network">The network.</param>
    /// <param name="auxiliary">Its auxiliary tasks; of no effect if it learns none.</param>
    public static Variant Of(Recipe recipe, NetworkDefinition network, IReadOnlyList<string> auxiliary)
    {
        var used = recipe.With(network, auxiliary).Auxiliary();
        return new Variant(used.Count == 0 ? network.Name : $"{network.Name}-{AuxiliarySet.Name(used, [.. recipe.Data.Tasks().Skip(1).Select(task => task.Name)])}", network.Name, used);
    }

    /// <summary>The same with a change that answers a question.</summary>
    /// <param name="change">The change's name.</param>
    /// <param name="recipe">The base recipe.</param>
    /// <param name="catalog">What it names.</param>
    /// <param name="alter">Makes the change.</param>
    public Variant With(string change, Recipe recipe, Catalog catalog, Func<Recipe, Recipe> alter)
    {
        var plain = Apply(recipe, recipe.Seed, catalog);
        return this with
        {
            Name = $"{Name}{ChangeMark}{change}",
            IsMain = false,
            Settings = MergePatch.Between(Node(plain, catalog), Node(alter(plain), catalog)),
        };
    }

    /// <summary>The variant's recipe.</summary>
    /// <param name="recipe">The base recipe.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="catalog">What it names.</param>
    /// <exception cref="CrossStitchException">The network is unknown, or its settings are no recipe.</exception>
    public Recipe Apply(Recipe recipe, long seed, Catalog catalog)
    {
        var plain = recipe.With(catalog.Networks[Network], [.. Auxiliary]) with { Seed = seed };
        if (Settings is null)
        {
            return plain;
        }

        try
        {
            return MergePatch.Apply(Node(plain, catalog), Settings).Deserialize<Recipe>(catalog.Json.Indented)!;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new CrossStitchException($"The settings of {Name} are not those of a recipe: {JsonText.Problem(error, catalog).Problem}.", error);
        }
    }

    /// <summary>A variant of a study of version 1, of which only the name is written down.</summary>
    /// <param name="name">The name.</param>
    /// <param name="recipe">The recipe of one of its runs; null if none was begun.</param>
    internal static Variant OfVersion1(string name, Recipe? recipe) =>
        new(name, recipe?.Network ?? "", recipe?.Auxiliary() ?? []) { IsMain = !name.Contains(ChangeMark) };

    private static JsonObject Node(Recipe recipe, Catalog catalog) => JsonSerializer.SerializeToNode(recipe, catalog.Json.Indented)!.AsObject();
}
