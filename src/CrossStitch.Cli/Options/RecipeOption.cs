using System.CommandLine;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Cli.Options;

/// <summary>An option that changes a recipe where it is given.</summary>
/// <param name="option">The option.</param>
/// <param name="set">Gives the changed recipe.</param>
/// <param name="concerns">What a network must have for the option to change anything, and whether one has it; null for any network.</param>
internal sealed class RecipeOption(Option option, Func<ParseResult, Recipe, Recipe> set, (string What, Func<NetworkDefinition, bool> Has)? concerns = null)
{
    /// <summary>The option.</summary>
    public Option Option => option;

    /// <summary>An option whose value goes into the recipe.</summary>
    public static RecipeOption Of<T>(Option<T> option, Func<Recipe, T, Recipe> set, (string What, Func<NetworkDefinition, bool> Has)? concerns = null) =>
        new(option, (arguments, recipe) => set(recipe, arguments.GetValue(option)!), concerns);

    /// <summary>An option of names whose value goes into the recipe.</summary>
    public static RecipeOption Named<T>(Option<string> option, Func<Recipe, T, Recipe> set, (string What, Func<NetworkDefinition, bool> Has)? concerns = null)
        where T : struct, Enum =>
        new(option, (arguments, recipe) => set(recipe, arguments.Read<T>(option)), concerns);

    /// <summary>The recipe with the option's value, if it was given.</summary>
    public Recipe Apply(ParseResult arguments, Recipe recipe) => arguments.Gives(option) ? set(arguments, recipe) : recipe;

    /// <summary>Refuses the option where none of the networks would notice it.</summary>
    /// <exception cref="CrossStitchException">It was given and cannot apply.</exception>
    public void RefuseWithout(ParseResult arguments, IReadOnlyList<NetworkDefinition> networks, Catalog catalog)
    {
        if (concerns is { } needed && arguments.Gives(option) && !networks.Any(needed.Has))
        {
            var able = catalog.Networks.All.Where(needed.Has).Select(network => network.Name);
            throw new CrossStitchException($"{option.Name} has no effect here: only {string.Join(", ", able)} {needed.What}. Leave it out, or choose such a network.");
        }
    }
}
