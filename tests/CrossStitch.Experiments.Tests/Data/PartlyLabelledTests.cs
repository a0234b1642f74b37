using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Tests.Made;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Data;

public sealed class PartlyLabelledTests
{
    private const int Examples = 400;

    private static readonly MadeExamples All = new(0, Examples);

    [Theory]
    [InlineData(400, 0.3, 120)]
    [InlineData(400, 0.001, 1)]
    [InlineData(3, 1, 3)]
    [InlineData(0, 0.5, 0)]
    public void A_share_keeps_its_rounded_number_of_examples_and_at_least_one(int examples, double share, int kept) => Assert.Equal(kept, PartlyLabelled.Kept(examples, share));

    [Fact]
    public void The_labels_of_a_smaller_share_are_among_those_of_a_larger_one_of_any_task()
    {
        var (few, many) = (Seen("cross-stitch", new() { ["level"] = 0.05, ["kind"] = 0.2 }), Seen("split", new() { ["level"] = 0.1 }));
        Assert.Equal(20, few["level"].Count);
        Assert.Equal(80, few["kind"].Count);
        Assert.Equal(40, many["level"].Count);
        Assert.True(few["level"].IsSubsetOf(many["level"]));
        Assert.True(few["level"].IsSubsetOf(few["kind"]));
        Assert.True(many["level"].IsSubsetOf(few["kind"]));
    }

    [Fact]
    public void An_example_that_teaches_nothing_is_never_drawn()
    {
        var labels = new Dictionary<string, double> { ["level"] = 0.05 };
        Assert.Equal(20, Drawn("single", labels).Distinct().Count());
        Assert.Equal(20, Drawn("cross-stitch", labels, recipe => recipe.WithAuxiliaryWeight(0)).Distinct().Count());
        Assert.True(Drawn("cross-stitch", labels).Distinct().Count() > 200);
    }

    [Fact]
    public void At_least_half_of_a_batch_has_every_label_and_none_is_there_twice()
    {
        var (data, network) = Of("split", new() { ["level"] = 0.1 });
        var batch = new Batch(network, 32) { Count = 32 };
        for (var first = 0; first < Examples; first += 32)
        {
            batch.Count = Math.Min(32, Examples - first);
            data.Fill(batch, [.. Enumerable.Range(first, batch.Count)], augmentationSeed: 7);
            Assert.Equal(batch.Count / 2, Enumerable.Range(0, batch.Count).Count(i => float.IsFinite(batch.Label("level", i)[0])));
            Assert.Equal(batch.Count, Enumerable.Range(0, batch.Count).Select(i => batch.Example(i)[0]).Distinct().Count());
            Assert.All(batch.Labels("kind").ToArray(), label => Assert.InRange(label, 0, 2));
        }
    }

    [Fact]
    public void A_batch_follows_from_its_places_and_the_seed()
    {
        float[] Filled(long seed, params int[] places)
        {
            var (data, network) = Of("split", new() { ["level"] = 0.1 });
            var batch = new Batch(network, places.Length) { Count = places.Length };
            data.Fill(batch, places, seed);
            return batch.Input.ToArray();
        }

        Assert.Equal(Filled(7, 3, 9, 12), Filled(7, 3, 9, 12));
        Assert.NotEqual(Filled(7, 3, 9, 12), Filled(8, 3, 9, 12));
        Assert.NotEqual(Filled(7, 3, 9, 12), Filled(7, 9, 3, 12));
    }

    [Fact]
    public void A_missing_class_is_the_one_that_stands_for_none()
    {
        var (data, network) = Of("split", new() { ["kind"] = 0.1 });
        var batch = new Batch(network, 64) { Count = 64 };
        data.Fill(batch, [.. Enumerable.Range(0, 64)], augmentationSeed: 1);
        Assert.Equal(32, batch.Labels("kind").ToArray().Count(label => label == ClassificationTask.Missing));
        Assert.All(batch.Labels("level").ToArray(), number => Assert.True(float.IsFinite(number)));
    }

    [Fact]
    public void With_all_labels_nothing_is_drawn() => Assert.IsType<SubsetData>(Of("split", new() { ["level"] = 1 }).Data);

    private static (ILabelledData Data, Sharing.NetworkDescription Network) Of(string network, Dictionary<string, double> labels, Func<Recipe, Recipe>? change = null)
    {
        var recipe = SmallRuns.Recipe(network) with { Labels = labels };
        recipe = change is null ? recipe : change(recipe);
        var description = recipe.Describe(SmallRuns.Catalog);
        return (PartlyLabelled.Of(All, SubsetData.Split(All, 0, recipe.Seed).Training, recipe, description), description);
    }

    /// <summary>The examples of ten epochs, by their first numbers.</summary>
    private static List<float> Drawn(string network, Dictionary<string, double> labels, Func<Recipe, Recipe>? change = null)
    {
        var drawn = new List<float>();
        Each(network, labels, change, batch => drawn.AddRange(Enumerable.Range(0, batch.Count).Select(i => batch.Example(i)[0])));
        return drawn;
    }

    /// <summary>Which examples have a label in ten epochs, by task.</summary>
    private static Dictionary<string, HashSet<float>> Seen(string network, Dictionary<string, double> labels)
    {
        var seen = MadeData.AllTasks.ToDictionary(task => task.Name, _ => new HashSet<float>());
        Each(network, labels, null, batch =>
        {
            foreach (var task in MadeData.AllTasks)
            {
                seen[task.Name].UnionWith(Enumerable.Range(0, batch.Count).Where(i => task.HasLabel(batch.Label(task.Name, i))).Select(i => batch.Example(i)[0]));
            }
        });
        return seen;
    }

    private static void Each(string network, Dictionary<string, double> labels, Func<Recipe, Recipe>? change, Action<Batch> look)
    {
        var (data, description) = Of(network, labels, change);
        var batch = new Batch(description, 40) { Count = 40 };
        for (var epoch = 0; epoch < 10; epoch++)
        {
            for (var first = 0; first < Examples; first += 40)
            {
                data.Fill(batch, [.. Enumerable.Range(first, 40)], epoch);
                look(batch);
            }
        }
    }
}
