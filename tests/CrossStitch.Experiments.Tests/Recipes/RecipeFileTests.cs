using System.Text.Json;
using CrossStitch.Experiments.Recipes;

namespace CrossStitch.Experiments.Tests.Recipes;

public sealed class RecipeFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_recipe_survives_its_file()
    {
        foreach (DataRecipe data in new DataRecipe[] { new DrawnData(100, 50, 3), new MtflData("faces.zip", "boxes.csv", SkipInvalid: true) })
        {
            var recipe = new Recipe { Data = data, Network = NetworkKind.RelatedCrossStitch, Auxiliary = [AuxiliaryTask.Smile], Seed = 9 };
            File.WriteAllText(_path, JsonSerializer.Serialize(recipe, RecipeFile.Json));
            Assert.Equivalent(recipe, RecipeFile.Load(_path), strict: true);
        }

        Assert.Contains("\"related-cross-stitch\"", File.ReadAllText(_path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"network\": \"splitt\"\n}", "(2)")]
    [InlineData("{\n  \"netwrok\": \"split\"\n}", "netwrok")]
    [InlineData("{\n", "recipe")]
    [InlineData("null", "empty")]
    public void A_wrong_recipe_is_an_error_that_says_where(string json, string expected)
    {
        File.WriteAllText(_path, json);
        var error = Assert.Throws<CrossStitchException>(() => RecipeFile.Load(_path));
        Assert.StartsWith(_path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_recipe_is_named() =>
        Assert.Contains(_path, Assert.Throws<CrossStitchException>(() => RecipeFile.Load(_path)).Message, StringComparison.Ordinal);
}
