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
    public void The_best_preset_looks_a_second_time_at_what_the_recipe_names()
    {
        var recipe = FacePreset.Best.Apply(SmallRuns.Recipe() with { Data = new MtflData("faces.zip") { SecondLook = new SecondLook(Model: "/models/first.xstitch") } });
        var read = JsonSerializer.Deserialize<Recipe>(Text(recipe), SmallRuns.Catalog.Json.Indented)!;
        Assert.Equal(Text(recipe), Text(read));
        Assert.Equal(FacePreset.Best, FacePreset.Of(read));
        var data = Assert.IsType<MtflData>(read.Data);
        Assert.Equal(new SecondLook(SecondLook.UsualSize, "/models/first.xstitch"), data.SecondLook);
        Assert.Equal("first.xstitch", Assert.IsType<MtflData>(data.Portable()).SecondLook!.Model);
        Assert.Equal([1, SecondLook.UsualSize, SecondLook.UsualSize], data.Backbone().Input);
        var crop = data.Export().Input.Crop!;
        Assert.Equal(("square-aligned-by-points", FaceLandmarks.Numbers), (crop.Region, crop.Points!.Count));
        Assert.Equal(crop.Points, Assert.IsType<RegressionTask>(data.Tasks()[0]).FirstOutput);
        Assert.Null(Assert.IsType<MtflData>(FacePreset.Paper.Apply(read).Data).SecondLook);
        Assert.Equal("secondLook.size", Assert.Throws<CrossStitchException>(() => (data with { SecondLook = new SecondLook(20) }).Validate()).Setting);
        Assert.Contains("drawn faces have none", Assert.Throws<CrossStitchException>(() => new DrawnData(2, 1) { SecondLook = new SecondLook() }.Load(cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_preset_is_refused_with_those_that_there_are() =>
        Assert.Contains("there are quick, paper, best. Did you mean 'paper'?", Assert.Throws<CrossStitchException>(() => FacePreset.Named("papre")).Message, StringComparison.Ordinal);

    private static string Text(Recipe recipe) => JsonSerializer.Serialize(recipe, SmallRuns.Catalog.Json.Indented);
}
