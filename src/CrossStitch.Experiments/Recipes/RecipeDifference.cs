using System.Text.Json;
using CrossStitch.Experiments.Catalogs;

namespace CrossStitch.Experiments.Recipes;

/// <summary>
/// Whether two recipes ask for the same. What depends on the machine makes no recipe another one: where its examples lie (what
/// they are, their fingerprint tells), the versions of what ran it, and how many threads "all cores" are.
/// </summary>
/// <param name="There">The first line of JSON in which they differ, of the one.</param>
/// <param name="Here">That of the other.</param>
internal sealed record RecipeDifference(string There, string Here)
{
    /// <summary>Compares recipes.</summary>
    /// <param name="there">The one.</param>
    /// <param name="here">The other.</param>
    /// <param name="catalog">What they name.</param>
    /// <returns>Null if they ask for the same.</returns>
    public static RecipeDifference? Between(Recipe there, Recipe here, Catalog catalog)
    {
        var (one, other) = (Lines(there, catalog), Lines(here, catalog));
        if (one.SequenceEqual(other))
        {
            return null;
        }

        var (first, second) = one.Zip(other).FirstOrDefault(lines => lines.First != lines.Second, (First: one[^1], Second: other[^1]));
        return new RecipeDifference(first.Trim().TrimEnd(','), second.Trim().TrimEnd(','));
    }

    /// <summary>What is compared of a recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    public static Recipe Essence(Recipe recipe) => recipe.Settled() with { Versions = new Dictionary<string, string>(), Data = recipe.Data.Anywhere() };

    /// <inheritdoc/>
    public override string ToString() => $"{There} there, {Here} here";

    private static string[] Lines(Recipe recipe, Catalog catalog) => JsonSerializer.Serialize(Essence(recipe), catalog.Json.Indented).Split('\n');
}
