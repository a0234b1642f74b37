using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;

namespace CrossStitch.Faces.Training.Tests.Recipes;

public sealed class FaceRecipeTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_recipe_survives_its_file()
    {
        foreach (var data in new FacesRecipe[] { new DrawnData(100, 50, 3), new MtflData("faces.zip", "boxes.csv", SkipInvalid: true) { Augmentation = null } })
        {
            var plain = Recipe.For(data);
            var recipe = plain.With(SmallRuns.Catalog.Networks["related-cross-stitch"], ["smile"]) with { Seed = 9 };
            File.WriteAllText(_path, JsonSerializer.Serialize(recipe, SmallRuns.Catalog.Json.Indented));
            Assert.Equivalent(recipe, SmallRuns.Catalog.Json.LoadRecipe(_path), strict: true);
        }

        Assert.Contains("\"related-cross-stitch\"", File.ReadAllText(_path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("single", "landmarks:landmarks=1")]
    [InlineData("split", "trunk:landmarks=1,pose=0.5,smile=0.5")]
    [InlineData("cross-stitch", "landmarks:landmarks=1 auxiliary:pose=0.5,smile=0.5")]
    [InlineData("related", "landmarks:landmarks=1 auxiliary:pose=0.5,smile=0.5")]
    [InlineData("related-cross-stitch", "landmarks:landmarks=1 auxiliary:pose=0.5,smile=0.5")]
    public void A_recipe_of_version_1_is_brought_to_what_it_meant(string network, string groups)
    {
        var recipe = Load($$"""
            {
              "network": "{{network}}",
              "auxiliary": ["pose", "smile"],
              "auxiliaryWeight": 0.5,
              "data": {"source": "mtfl", "archive": "faces.zip"},
              "augmentation": {"flip": 0.25},
              "engine": "fused",
              "versions": {"libtorch": "2.10", "faces": "0123"}
            }
            """);

        Assert.Equal(groups, string.Join(' ', recipe.Groups.Select(group => $"{group.Name}:{string.Join(',', group.Tasks.Select(task => FormattableString.Invariant($"{task.Key}={task.Value}")))}")));
        Assert.Equal((2, network, "kernels", "0123"), (recipe.Version, recipe.Network, recipe.Engine, recipe.Versions["data"]));
        Assert.Equal(new MtflData("faces.zip") { Augmentation = new CropAugmentation() with { Flip = 0.25 } }, recipe.Data);
        Assert.Equal(network == "single" ? 1 : 3, recipe.Describe(SmallRuns.Catalog).Tasks.Count);
    }

    [Fact]
    public void What_a_recipe_of_version_1_left_out_is_what_it_was_then()
    {
        var recipe = Load("{}");
        var usual = Recipe.For(new DrawnData());
        Assert.Equal(JsonSerializer.Serialize(usual, SmallRuns.Catalog.Json.Indented), JsonSerializer.Serialize(recipe, SmallRuns.Catalog.Json.Indented));
        Assert.Null(Assert.IsType<DrawnData>(Load("""{"augmentation": null, "data": {"source": "drawn"}}""").Data).Augmentation);
    }

    [Theory]
    [InlineData("{\n  \"network\": \"splitt\"\n}", "(2): 'splitt' is not a network; there are single, split, ")]
    [InlineData("{\n  \"netwrok\": \"split\"\n}", "(2): not a recipe of this version: netwrok: there is no setting 'netwrok'")]
    [InlineData("{\n", "recipe")]
    [InlineData("null", "(1): the recipe is null")]
    [InlineData("", "(1): the recipe is empty")]
    [InlineData("[]", "(1)")]
    [InlineData("{\n  \"network\": 7\n}", "(2)")]
    [InlineData("{\n  \"data\": {\"source\": \"mtfl\"}\n}", "(2): not a recipe of this version: data: 'archive' is missing")]
    [InlineData("{\n  \"data\": {\"source\": \"camera\"}\n}", "drawn, mtfl")]
    [InlineData("{\n  \"data\":\n {\"source\": \"drawn\",\n \"trainingFaces\": -5}\n}", "(4): -5 training")]
    [InlineData("{\n  \"data\": {\"source\": \"drawn\", \"trainingFaces\": 2147483647}\n}", "(2): 2147484647 faces are more")]
    [InlineData("{\n  \"training\": {\n    \"epochs\": 0\n  }\n}", "(3): Training option Epochs is 0")]
    [InlineData("{\n  \"stitches\": {\n    \"same\": \"NaN\"\n  }\n}", "(3)")]
    [InlineData("{\n  \"augmentation\": {\n    \"shift\": \"NaN\"\n  }\n}", "(3): Augmentation: shift is NaN; it must be between 0 and 0.5.")]
    [InlineData("{\n  \"threads\": -3\n}", "(2): The number of threads is -3")]
    [InlineData("{\n  \"auxiliary\": [\"pose\", \"pose\"]\n}", "(2): An auxiliary task is named twice.")]
    [InlineData("{\n  \"auxiliary\": null\n}", "(2): The auxiliary tasks are a list of names.")]
    [InlineData("{\n\n  \"data\": null\n}", "(3): not a recipe of this version: data: null is not a value here.")]
    [InlineData("{\n  \"relation\": {\n    \"weight\": \"Infinity\"\n  }\n}", "(3)")]
    [InlineData("{\n  \"training\": {\n    \"learningRate\": 1e300\n  }\n}", "(3): Training option LearningRate is 1E+300")]
    [InlineData("{\n  \"auxiliary\": [\"beard\"]\n}", "(2): 'beard' is not an auxiliary task; there are pose, gender, glasses, smile.")]
    public void A_wrong_recipe_of_version_1_is_an_error_that_says_where(string json, string expected)
    {
        var message = Assert.Throws<CrossStitchException>(() => Load(json)).Message;
        Assert.StartsWith(_path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("CrossStitch.", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("\"data\": {\n \"source\": \"drawn\",\n \"trainingFaces\": -5}", "(5): -5 training")]
    [InlineData("\"data\": {\"source\": \"drawn\", \"augmentation\": {\n    \"shift\": \"NaN\"}}", "(4): Augmentation: shift is NaN; it must be between 0 and 0.5.")]
    [InlineData("\"data\": {\"source\": \"mtfl\"}", "(3): not a recipe of this version: data: 'archive' is missing")]
    [InlineData("\"data\": {\"source\": \"mtfl\", \"archive\": \"\"}", "(3): The archive of faces has no name.")]
    [InlineData("\"data\": {\"source\": \"camera\"}", "drawn, mtfl")]
    public void What_is_wrong_with_the_faces_of_a_recipe_is_an_error_that_says_where(string data, string expected)
    {
        var json = "{\n\"version\": 2, \"groups\": [{\"name\": \"a\", \"tasks\": {\"landmarks\": 1}}], \"network\": \"single\",\n" + data + "\n}";
        var message = Assert.Throws<CrossStitchException>(() => Load(json)).Message;
        Assert.StartsWith(_path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private Recipe Load(string json)
    {
        File.WriteAllText(_path, json);
        return SmallRuns.Catalog.Json.LoadRecipe(_path);
    }
}
