using System.Security.Cryptography;
using System.Text.Json;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Studies;

/// <summary>
/// Folders for runs that nobody named one for. They are named for what they hold, so that two commands that do different
/// things do not meet in one folder, and the same command finds its own again.
/// </summary>
public static class DefaultFolder
{
    private const string Parent = "runs";

    /// <summary>The folder of a study, such as <c>runs/compare-MTFL-1a2b3c4d</c>: what, on which data, and a hash of the recipe.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="recipe">What all of its runs have in common; network and seed do not count.</param>
    /// <param name="catalog">What the recipe names.</param>
    /// <param name="parts">What else tells it from others.</param>
    public static string Of(string what, Recipe recipe, Catalog catalog, IReadOnlyList<string>? parts = null)
    {
        // Where a file lies and what the machine decides do not make it another study.
        var common = recipe with { Network = "", Seed = 0, Data = recipe.Data.Portable() };
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { common, parts }, catalog.Json.Indented)).AsSpan(0, 4));
        return Path.Combine(Parent, $"{what}-{recipe.Data.ShortName()}-{hash}");
    }

    /// <summary>The folder of a run, such as <c>runs/drawn-split-all-seed1</c>.</summary>
    /// <param name="recipe">What the run does.</param>
    /// <param name="catalog">What the recipe names.</param>
    public static string Of(Recipe recipe, Catalog catalog) => Path.Combine(
        Parent, $"{recipe.Data.ShortName()}-{Variant.Of(recipe, catalog.Networks[recipe.Network], recipe.Auxiliary()).Name}-seed{recipe.Seed}");
}
