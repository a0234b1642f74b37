using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Tasks;

namespace CrossStitch.Faces.Training.Tests.Recipes;

public class FacePresetTests
{
    [Fact]
    public void The_quick_preset_is_what_a_recipe_says_without_one()
    {
        var recipe = SmallRuns.Recipe(epochs: FacePreset.Quick.Epochs);
        Assert.Equal(Text(recipe), Text(FacePreset.Quick.Apply(recipe)));
        Assert.Equal(Text(recipe), Text(FacePreset.Quick.Apply(FacePreset.Paper.Apply(recipe))));
    }

    [Fact]
    public void A_preset_is_recorded_in_the_recipe_and_known_again()
    {
        var recipe = FacePreset.Paper.Apply(SmallRuns.Recipe());
        var read = JsonSerializer.Deserialize<Recipe>(Text(recipe), SmallRuns.Catalog.Json.Indented)!;
        Assert.Equal(Text(recipe), Text(read));
        Assert.Equal([FacePreset.Paper, FacePreset.Quick], new[] { read, SmallRuns.Recipe() }.Select(FacePreset.Of));
        var tasks = read.Describe(SmallRuns.Catalog).Tasks;
        Assert.Equal(FacePreset.Paper.HuberDelta, Assert.IsType<RegressionTask>(tasks[0]).HuberDelta);
        Assert.All(tasks.Skip(1), task => Assert.Equal(FacePreset.Paper.AttributeWeight, task.Weight));
        Assert.Equal([FaceAttribute.Gender.Name, FaceAttribute.Pose.Name], read.Balanced!.Where(task => task.Value == 1).Select(task => task.Key).Order());
        Assert.Null(FacePreset.Quick.Apply(read).Balanced);
        Assert.True(read.Data.Export().Input.MirrorAveraged);
        Assert.True(Assert.IsType<MtflData>(new MtflData("faces.zip") { MirrorAveraged = true }.Anywhere()).MirrorAveraged);
    }

    [Fact]
    public void An_unknown_preset_is_refused_with_those_that_there_are() =>
        Assert.Contains("there are quick, paper. Did you mean 'paper'?", Assert.Throws<CrossStitchException>(() => FacePreset.Named("papre")).Message, StringComparison.Ordinal);

    private static string Text(Recipe recipe) => JsonSerializer.Serialize(recipe, SmallRuns.Catalog.Json.Indented);
}
