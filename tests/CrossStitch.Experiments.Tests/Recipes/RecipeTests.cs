using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Tests.Made;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Tests.Recipes;

public sealed class RecipeTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_recipe_has_all_tasks_with_their_usual_weights()
    {
        var recipe = Recipe.For(new MadeData());
        Assert.Equal([new TaskWeight("level", 1), new TaskWeight("kind", 0.1), new TaskWeight("side", 0.1)], recipe.Tasks());
        Assert.Equal(["level", "auxiliary"], recipe.Groups.Select(group => group.Name));
        Assert.Equal(["kind", "side"], recipe.Auxiliary());
    }

    [Fact]
    public void Another_network_and_fewer_tasks_keep_each_tasks_weight()
    {
        var recipe = Recipe.For(new MadeData()).WithAuxiliaryWeight(0.5);
        var networks = SmallRuns.Catalog.Networks;
        Assert.Equal([new TaskWeight("level", 1)], recipe.With(networks["single"], ["kind"]).Tasks());
        Assert.Equal([new TaskWeight("level", 1), new TaskWeight("side", 0.5)], recipe.With(networks["split"], ["side"]).Tasks());
        Assert.Equal(["trunk"], recipe.With(networks["split"], ["side"]).Groups.Select(group => group.Name));
        Assert.Equal(["level", "auxiliary"], recipe.With(networks["related"], ["side", "kind"]).Groups.Select(group => group.Name));
    }

    [Fact]
    public void A_recipe_survives_its_file()
    {
        var recipe = SmallRuns.Recipe() with
        {
            Seed = 9,
            Backbone = new TowerShape([6, 1, 1], [new ConvolutionStage("c", 4, 1, Pool: false), new DenseStage("d", 5)]),
            Options = new() { ["depth"] = 3 },
        };
        File.WriteAllText(_path, JsonSerializer.Serialize(recipe, SmallRuns.Catalog.Json.Indented));
        var loaded = SmallRuns.Catalog.Json.LoadRecipe(_path);
        Assert.Equal(JsonSerializer.Serialize(recipe, SmallRuns.Catalog.Json.Indented), JsonSerializer.Serialize(loaded, SmallRuns.Catalog.Json.Indented));
        Assert.Equal(recipe.Backbone.Stages, loaded.Backbone!.Stages);
        Assert.Equal(recipe.Data, loaded.Data);
    }

    [Theory]
    [InlineData("\"network\": \"splitt\"", "(4): 'splitt' is not a network; there are single, split, ")]
    [InlineData("\"netwrok\": \"split\"", "(4): not a recipe of this version: netwrok: there is no setting 'netwrok'")]
    [InlineData("\"network\": 7", "(4): not a recipe of this version: network: this value does not fit here")]
    [InlineData("\"groups\": null", "(4): not a recipe of this version: groups: null is not a value here.")]
    [InlineData("\"groups\": []", "(4): A recipe needs at least one group of tasks")]
    [InlineData("\"groups\": [{\"name\": \"a\", \"tasks\": {}}]", "(4): A recipe needs at least one group of tasks")]
    [InlineData("\"groups\": [{\"name\": \"a\", \"tasks\": {\"levle\": 1}}]", "(4): 'levle' is not a task of this data; there are level, kind, side.")]
    [InlineData("\"groups\": [{\"name\": \"a\", \"tasks\": {\"level\": -1}}]", "(4): The weight λ of level is -1")]
    [InlineData("\"groups\": [{\"name\": \"a\", \"tasks\": {\"level\": 1}}, {\"name\": \"b\", \"tasks\": {\"level\": 1}}]", "(4): A task is named twice.")]
    [InlineData("\"training\": {\n    \"epochs\": 0\n  }", "(5): Training option Epochs is 0")]
    [InlineData("\"huber\": {\n    \"level\": 0\n  }", "(5): δ of the Huber loss of level is 0; it must be above 0")]
    [InlineData("\"huber\": {\n    \"kind\": 1\n  }", "(5): 'kind' is no regression task of this data")]
    [InlineData("\"balanced\": {\n    \"level\": 1\n  }", "(5): 'level' is no classification task of this data")]
    [InlineData("\"balanced\": {\n    \"kind\": 0\n  }", "(5): The strength τ by which the classes of kind are balanced is 0; it must be above 0 and at most 10.")]
    [InlineData("\"training\": {\n    \"learningRate\": 1e300\n  }", "(5): Training option LearningRate is 1E+300")]
    [InlineData("\"stitches\": {\n    \"same\": \"NaN\"\n  }", "(5)")]
    [InlineData("\"relation\": {\n    \"weight\": \"Infinity\"\n  }", "(5)")]
    [InlineData("\"relation\": {\n    \"penalty\": \"cubed\"\n  }", "(5): not a recipe of this version: relation.penalty: 'cubed' is not a penalty; there are ")]
    [InlineData("\"threads\": -3", "(4): The number of threads is -3")]
    [InlineData("\"engine\": \"steam\"", "(4): 'steam' is not an engine; there are kernels.")]
    [InlineData("\"weighting\": {\"kind\": \"magic\"}", "(4): not a recipe of this version: weighting: its kind is missing or unknown; a weighting has a \"kind\" of fixed.")]
    [InlineData("\"backbone\": {\"input\": [6, 1, 1], \"stages\": [{\"kind\": \"spline\", \"name\": \"s\"}]}", "a stage has a \"kind\" of convolution, dense.")]
    [InlineData("\"extensions\": [null]", "(4): not a recipe of this version: extensions: has a null where a value belongs.")]
    [InlineData("\"backbone\": {\"input\": [6, 1, 1],\n\"stages\": [null]}", "(5): not a recipe of this version: backbone.stages: has a null where a value belongs.")]
    [InlineData("\"backbone\": {\n\"input\": [7, 1, 1], \"stages\": [{\"kind\": \"dense\", \"name\": \"s\", \"features\": 4}]}", "(5): The backbone takes examples of [7, 1, 1], and those of this data are [6, 1, 1].")]
    [InlineData("\"network\": \"single\", \"backbone\": {\"input\": [6, 1, 1], \"stages\": [{\"kind\": \"dense\", \"name\": \"s\", \"features\": 1000000000}]}", "(4): The network has far more than the 250000000 that can be trained")]
    [InlineData("\"groups\": [null]", "(4): not a recipe of this version: groups: has a null where a value belongs.")]
    [InlineData("\"groups\": [{\"name\": \"a\", \"tasks\": {\"level\": 1}},\n{\"name\": \"b\", \"tasks\": {\n\"levle\": 1}}]", "(6): 'levle' is not a task of this data")]
    [InlineData("\"groups\": [{\"name\": \"a\", \"tasks\": {\"level\": 1}}, {\"name\": \"a\", \"tasks\": {\"kind\": 1}}]", "(4): Two groups of tasks have one name")]
    [InlineData("\"validationShare\": 1", "(4): The share of training examples")]
    public void A_wrong_setting_is_an_error_that_says_where(string setting, string expected) =>
        Refused("{\n\"version\": 2,\n" + (setting.StartsWith("\"groups", StringComparison.Ordinal) ? "" : "\"groups\": [{\"name\": \"a\", \"tasks\": {\"level\": 1}}], ")
            + "\"data\": {\"source\": \"made\"},\n" + setting + "\n}", expected);

    [Theory]
    [InlineData("{\n", "recipe")]
    [InlineData("null", "(1): the recipe is null")]
    [InlineData("", "(1): the recipe is empty")]
    [InlineData("[]", "(1)")]
    [InlineData("{\"version\": 2}", "(1): not a recipe of this version: 'data' is missing")]
    [InlineData("{\"version\": 2,\n\"data\": {\"source\": \"camera\"}}", "(2): not a recipe of this version: data: its kind is missing or unknown; data has a \"source\" of made")]
    [InlineData("{\"version\": 2,\n\"data\": {\"source\": \"made\",\n\"trainingExamples\": -5}}", "(3): -5 examples cannot be made.")]
    [InlineData("{\"version\": 3}", "a recipe of version 3; this program reads version 2, and those of version 1, which do not say it.")]
    [InlineData("{\"network\": \"split\"}", "a recipe of version 1, which this program has no use for.")]
    public void What_is_no_recipe_is_an_error_that_says_so(string json, string expected) => Refused(json, expected);

    [Fact]
    public void A_missing_recipe_is_named() =>
        Assert.Contains(_path, Assert.Throws<CrossStitchException>(() => SmallRuns.Catalog.Json.LoadRecipe(_path)).Message, StringComparison.Ordinal);

    private void Refused(string json, string expected)
    {
        File.WriteAllText(_path, json);
        var message = Assert.Throws<CrossStitchException>(() => SmallRuns.Catalog.Json.LoadRecipe(_path)).Message;
        Assert.StartsWith(_path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("CrossStitch.", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
