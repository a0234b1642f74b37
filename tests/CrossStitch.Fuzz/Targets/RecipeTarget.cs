using System.Text.Json;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Recipes of both versions; one that is accepted is written and read again.</summary>
/// <param name="scratch">A folder for files.</param>
internal sealed class RecipeTarget(string scratch) : FuzzTarget
{
    private const string Part = "recipe";

    private readonly Catalog _catalog = Cli.CommandCatalog.Create();
    private readonly string _path = Path.Combine(scratch, "recipe.json");

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        var recipe = SampleRecipe.Of(_catalog);
        Recipe[] recipes = [recipe, recipe with { Data = new MtflData("faces.zip", "boxes.csv") }, Recipe.For(new DrawnData(8, 4))];
        return recipes.Select(one => new FuzzInput(Part, InputForm.Json, JsonSerializer.SerializeToUtf8Bytes(one, _catalog.Json.Indented)));
    }

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        File.WriteAllBytes(_path, input.Bytes);
        var recipe = _catalog.Json.LoadRecipe(_path);
        var text = JsonSerializer.Serialize(recipe, _catalog.Json.Indented);
        _catalog.Json.Save(_path, recipe);
        BrokenPromiseException.Unless(JsonSerializer.Serialize(_catalog.Json.LoadRecipe(_path), _catalog.Json.Indented) == text, "a recipe that is written is another when it is read");
    }
}
