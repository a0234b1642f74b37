using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Networks;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Tests.Made;
using CrossStitch.Relations;

namespace CrossStitch.Experiments.Tests.Catalogs;

public sealed class CatalogTests
{
    [Fact]
    public void A_new_catalog_knows_the_papers_networks_and_the_kernels()
    {
        var catalog = new Catalog();
        Assert.Equal(["single", "split", "cross-stitch", "related", "related-cross-stitch"], catalog.Networks.Names);
        Assert.Equal(["kernels"], catalog.Engines.Names);
        Assert.Equal(["convolution", "dense"], catalog.Stages.Names);
        Assert.Empty(catalog.Data.Names);
    }

    [Fact]
    public void Two_of_one_name_are_refused()
    {
        var catalog = SmallRuns.NewCatalog();
        Assert.Contains("a network 'single' already", Assert.Throws<CrossStitchException>(() => catalog.Networks.Add(new SingleNetwork())).Message, StringComparison.Ordinal);
        Assert.Contains("a data source 'made' already", Assert.Throws<CrossStitchException>(() => catalog.Data.Add<MadeData>("made")).Message, StringComparison.Ordinal);
        Assert.Contains("a loss weighting 'fixed' already", Assert.Throws<CrossStitchException>(() => catalog.Weightings.Add<FixedWeightingRecipe>("fixed")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_that_comes_after_the_first_recipe_is_refused()
    {
        var catalog = SmallRuns.NewCatalog();
        System.Text.Json.JsonSerializer.Serialize(SmallRuns.Recipe(), catalog.Json.Indented);
        Assert.Contains("'late' comes too late", Assert.Throws<CrossStitchException>(() => catalog.Data.Add<MadeData>("late")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_there_is_an_error_that_lists_those_that_are()
    {
        var message = Assert.Throws<CrossStitchException>(() => new Catalog().Networks["splitt"]).Message;
        Assert.Contains("'splitt' is not a network; there are single, split, ", message, StringComparison.Ordinal);
        Assert.Contains("Did you mean", message, StringComparison.Ordinal);
        Assert.Null(new Catalog().Networks.Find("splitt"));
    }

    [Fact]
    public void Kinds_are_known_by_their_names_and_unknown_ones_named()
    {
        Assert.Equal("made", SmallRuns.Catalog.Data.NameOf(new MadeData()));
        Assert.Contains("MadeData", Assert.Throws<CrossStitchException>(() => new Catalog().Data.NameOf(new MadeData())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_engine_that_knows_a_network_computes_it()
    {
        var catalog = new Catalog();
        var recipe = SmallRuns.Recipe();
        var network = recipe.Build(catalog);
        using var engine = recipe.Engine(catalog, network);
        Assert.IsType<Engines.KernelEngine>(engine);

        catalog.Engines.Add(new EngineDefinition("picky", (_, _) => throw new CrossStitchException("not this one")));
        using var same = (recipe with { Engine = "kernels" }).Engine(catalog, network);
        Assert.Contains("not this one", Assert.Throws<CrossStitchException>(() => (recipe with { Engine = "picky" }).Engine(catalog, network)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Penalties_are_read_and_written_by_name()
    {
        var options = SmallRuns.Catalog.Json.Line;
        Assert.All(RelationPenalty.All, penalty => Assert.Same(
            penalty, System.Text.Json.JsonSerializer.Deserialize<RelationPenalty>(System.Text.Json.JsonSerializer.Serialize(penalty, options), options)));
        Assert.Contains("squared", Assert.Throws<System.Text.Json.JsonException>(() => System.Text.Json.JsonSerializer.Deserialize<RelationPenalty>("\"cubed\"", options)).Message, StringComparison.Ordinal);
    }
}
