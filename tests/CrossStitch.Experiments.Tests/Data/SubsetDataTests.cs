using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Tests.Made;
using CrossStitch.Sharing;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Data;

public sealed class SubsetDataTests
{
    [Fact]
    public void Validation_examples_are_set_aside_by_the_seed()
    {
        var (training, validation) = SubsetData.Split(new MadeExamples(0, 60), 0.25, seed: 1);
        Assert.Equal((45, 15), (training.Length, validation.Length));
        Assert.Equal(Enumerable.Range(0, 60), training.Concat(validation).Order());
        Assert.Equal(validation, SubsetData.Split(new MadeExamples(0, 60), 0.25, seed: 1).Validation);
        Assert.NotEqual(validation, SubsetData.Split(new MadeExamples(0, 60), 0.25, seed: 2).Validation);
    }

    [Fact]
    public void Some_examples_are_those_with_their_names_and_groups()
    {
        var subset = new SubsetData(new MadeExamples(0, 60), [7, 2]);
        Assert.Equal((2, "made \"7\", a number"), (subset.Count, subset.NameOf(0)));
        Assert.Equal([1, 0], Assert.Single(subset.Groupings).GroupOf);
        var network = NetworkDescription.Split(MadeData.Tower, MadeData.AllTasks);
        var (there, here) = (new Batch(network, 1) { Count = 1 }, new Batch(network, 1) { Count = 1 });
        new MadeExamples(0, 60).Fill(there, [2], augmentationSeed: null);
        subset.Fill(here, [1], augmentationSeed: null);
        Assert.Equal(there.Input.ToArray(), here.Input.ToArray());
        Assert.Equal(there.Label("level", 0).ToArray(), here.Label("level", 0).ToArray());
    }
}
