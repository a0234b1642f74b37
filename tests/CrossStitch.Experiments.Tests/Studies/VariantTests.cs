using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Studies;
using CrossStitch.Experiments.Tests.Made;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Tests.Studies;

public sealed class VariantTests
{
    private static readonly Recipe Base = Recipe.For(new MadeData()) with { Threads = 1 };

    public static TheoryData<string> Networks => [.. SmallRuns.Catalog.Networks.Names];

    [Theory, MemberData(nameof(Networks))]
    public void A_variant_is_named_for_its_network_and_tasks_and_gives_their_recipe(string network)
    {
        var definition = SmallRuns.Catalog.Networks[network];
        var variant = Variant.Of(Base, definition, ["side"]);
        Assert.Equal(network == "single" ? "single" : $"{network}-side", variant.Name);
        Assert.Equal(Text(Base.With(definition, ["side"]) with { Seed = 4 }), Text(variant.Apply(Base, 4, SmallRuns.Catalog)));
        Assert.Null(variant.Settings);
        Assert.Equal(network == "single" ? "single" : $"{network}-all", Variant.Of(Base, definition, ["kind", "side"]).Name);
    }

    [Fact]
    public void A_change_is_kept_as_what_differs_and_survives_its_file()
    {
        var changes = new (string Name, Func<Recipe, Recipe> Change, string Settings)[]
        {
            ("rate", one => one with { Training = one.Training with { StitchRate = 100 } }, """{"training":{"stitchRate":100}}"""),
            ("lambda", one => one.WithAuxiliaryWeight(0), """{"groups":[{"name":"level","tasks":{"level":1}},{"name":"auxiliary","tasks":{"side":0}}]}"""),
            ("squared", one => one with { Relation = one.Relation with { Penalty = Relations.RelationPenalty.Squared } }, """{"relation":{"penalty":"squared"}}"""),
            ("tower", one => one with { Backbone = new TowerShape([6, 1, 1], [new DenseStage("d", 3)]) }, """{"backbone":{"input":[6,1,1],"stages":[{"kind":"dense","features":3,"name":"d"}]}}"""),
        };
        var plain = Variant.Of(Base, SmallRuns.Catalog.Networks["cross-stitch"], ["side"]);
        foreach (var (name, change, settings) in changes)
        {
            var made = plain.With(name, Base, SmallRuns.Catalog, change);
            var read = JsonSerializer.Deserialize<Variant>(JsonSerializer.Serialize(made, SmallRuns.Catalog.Json.Indented), SmallRuns.Catalog.Json.Indented)!;
            Assert.Equal(($"cross-stitch-side@{name}", false), (read.Name, read.IsMain));
            Assert.Equal(settings, read.Settings!.ToJsonString());
            Assert.Equal(Text(change(plain.Apply(Base, 3, SmallRuns.Catalog))), Text(read.Apply(Base, 3, SmallRuns.Catalog)));
        }
    }

    [Fact]
    public void Settings_of_no_recipe_are_refused_with_the_variants_name()
    {
        var wrong = Variant.Of(Base, SmallRuns.Catalog.Networks["split"], ["side"]) with { Settings = new() { ["speed"] = 3 } };
        var message = Assert.Throws<CrossStitchException>(() => wrong.Apply(Base, 1, SmallRuns.Catalog)).Message;
        Assert.Contains("split-side", message, StringComparison.Ordinal);
        Assert.Contains("speed", message, StringComparison.Ordinal);
    }

    private static string Text(Recipe recipe) => JsonSerializer.Serialize(recipe, SmallRuns.Catalog.Json.Line);
}
