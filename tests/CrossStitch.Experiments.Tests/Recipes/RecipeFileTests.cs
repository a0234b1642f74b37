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
    [InlineData("null", "(1): the recipe is null")]
    [InlineData("", "(1): the recipe is empty")]
    [InlineData("[]", "(1)")]
    [InlineData("{\n\n  \"data\": null\n}", "(3): not a recipe of this version: data: null is not a value here.")]
    [InlineData("{\n  \"auxiliary\": null\n}", "(2): not a recipe of this version: auxiliary: null is not a value here.")]
    [InlineData("{\n  \"network\": 7\n}", "(2)")]
    [InlineData("{\n  \"data\": {\"source\": \"mtfl\"}\n}", "'archive' is missing")]
    [InlineData("{\n  \"data\": {\"source\": \"camera\"}\n}", "drawn or mtfl")]
    [InlineData("{\n  \"data\":\n {\"source\": \"drawn\",\n \"trainingFaces\": -5}\n}", "(4): -5 training")]
    [InlineData("{\n  \"data\": {\"source\": \"drawn\", \"trainingFaces\": 2147483647}\n}", "(2): 2147484647 faces are more")]
    [InlineData("{\n  \"training\": {\n    \"epochs\": 0\n  }\n}", "(3): Training option Epochs is 0")]
    [InlineData("{\n  \"training\": {\n    \"learningRate\": 1e300\n  }\n}", "(3): Training option LearningRate is 1E+300")]
    [InlineData("{\n  \"stitches\": {\n    \"same\": \"NaN\"\n  }\n}", "(3)")]
    [InlineData("{\n  \"relation\": {\n    \"weight\": \"Infinity\"\n  }\n}", "(3)")]
    [InlineData("{\n  \"augmentation\": {\n    \"shift\": \"NaN\"\n  }\n}", "(3): Augmentation: shift is NaN; it must be between 0 and 0.5.")]
    [InlineData("{\n  \"threads\": -3\n}", "(2): The number of threads is -3")]
    [InlineData("{\n  \"auxiliary\": [\"pose\", \"pose\"]\n}", "(2): An auxiliary task is named twice")]
    public void A_wrong_recipe_is_an_error_that_says_where(string json, string expected)
    {
        File.WriteAllText(_path, json);
        var error = Assert.Throws<CrossStitchException>(() => RecipeFile.Load(_path));
        Assert.StartsWith(_path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("CrossStitch.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_missing_recipe_is_named() =>
        Assert.Contains(_path, Assert.Throws<CrossStitchException>(() => RecipeFile.Load(_path)).Message, StringComparison.Ordinal);
}
