using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Tasks;
using CrossStitch.Towers;

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
        Assert.Equal(-0.1f, read.Data.Export().Input.Crop!.Margin);
        Assert.True(Assert.IsType<MtflData>(new MtflData("faces.zip") { MirrorAveraged = true }.Anywhere()).MirrorAveraged);
    }

    [Fact]
    public void A_close_look_is_the_middle_of_the_box_with_its_landmarks_in_units_of_the_box()
    {
        var (near, far) = (new DrawnData(12, 6) { Close = true }, new DrawnData(12, 6));
        var (closely, whole) = (near.LoadFaces(null, TestContext.Current.CancellationToken), far.LoadFaces(null, TestContext.Current.CancellationToken));
        Assert.Equal(whole.TestFaces!.Faces, closely.TestFaces!.Faces);
        Assert.Equal(far.Backbone(), near.Backbone());
        var (large, small) = (new float[1600], new float[1600]);
        closely.TestFaces.Extract(0, large);
        whole.TestFaces.Extract(0, small);

        // The middle of both is the same place: one pixel of the whole box is a square of one and a quarter close ones.
        Assert.Equal(Mean(small, 12, 28), Mean(large, 10, 30), 3.0);
        Assert.NotEqual(small, large);
        Assert.Equal("close", Assert.Throws<CrossStitchException>(() => (near with { SecondLook = new SecondLook() }).Validate()).Setting);

        static double Mean(float[] pixels, int from, int to) => Enumerable.Range(from, to - from).SelectMany(y => Enumerable.Range(from, to - from).Select(x => pixels[(y * 40) + x])).Average();
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
    public void Each_preset_varies_faces_in_its_way_unless_the_recipe_has_its_own()
    {
        var usual = SmallRuns.Recipe() with { Data = new MtflData("faces.zip") };
        var best = FacePreset.Best.Apply(usual);
        Assert.Equal(FacePreset.Best.Augmentation, Of(best));
        Assert.Contains("\"stretch\": 0.05", Text(best), StringComparison.Ordinal);
        Assert.DoesNotContain("stretch", Text(usual), StringComparison.Ordinal);
        Assert.Equal(Of(best), Of(JsonSerializer.Deserialize<Recipe>(Text(best), SmallRuns.Catalog.Json.Indented)!));
        Assert.Equal(new CropAugmentation(), Of(FacePreset.Quick.Apply(best)));

        var own = new CropAugmentation(Rotation: 3);
        Assert.Equal(own, Of(FacePreset.Best.Apply(usual with { Data = new MtflData("faces.zip") { Augmentation = own } })));
        Assert.Null(Of(FacePreset.Best.Apply(usual with { Data = new MtflData("faces.zip") { Augmentation = null } })));

        static CropAugmentation? Of(Recipe recipe) => Assert.IsType<MtflData>(recipe.Data).Augmentation;
    }

    [Fact]
    public void A_preset_brings_its_tower_and_takes_it_away_again_but_not_one_of_the_recipes_own()
    {
        var usual = SmallRuns.Recipe() with { Data = new MtflData("faces.zip") };
        var first = FacePreset.FirstLook.Apply(usual);
        Assert.Equal(FaceTower.Deep40, first.Backbone);
        Assert.Equal(FaceTower.Deep60, FacePreset.Best.Apply(first).Backbone);
        Assert.Null(FacePreset.Quick.Apply(first).Backbone);

        // As a run has written it down.
        var written = JsonSerializer.Deserialize<Recipe>(Text(FacePreset.Paper.Apply(usual) with { Backbone = FaceTower.Shape40 }), SmallRuns.Catalog.Json.Indented)!;
        Assert.Equal(FaceTower.Deep40, FacePreset.FirstLook.Apply(written).Backbone);
        var own = FaceTower.Deep40 with { Stages = [.. FaceTower.Deep40.Stages.Skip(1)] };
        Assert.Equal(own, FacePreset.FirstLook.Apply(usual with { Backbone = own }).Backbone);
        Assert.Equal(own, FacePreset.Best.Apply(usual with { Backbone = own }).Backbone);
    }

    [Fact]
    public void A_recipe_of_a_second_look_that_says_no_tower_has_the_four_convolutions_that_it_always_had()
    {
        for (var size = 40; size <= 128; size++)
        {
            var tower = new MtflData("faces.zip") { SecondLook = new SecondLook(size) }.Backbone();
            Assert.Equal([1, size, size], tower.Input);
            Assert.Equal([16, 48, 64, 64], tower.Stages.OfType<ConvolutionStage>().Select(stage => stage.Channels));
            Assert.All(tower.StageOutputs(), output => Assert.All(output, side => Assert.True(side >= 1)));
        }

        // One that an earlier version's preset has written down gives way to the preset's.
        var usual = SmallRuns.Recipe() with { Data = new MtflData("faces.zip") };
        var old = FacePreset.Best.Apply(usual) with { Backbone = new MtflData("faces.zip") { SecondLook = new SecondLook() }.Backbone() };
        Assert.Equal(FaceTower.Deep60, FacePreset.Best.Apply(old).Backbone);
        Assert.Null(FacePreset.Paper.Apply(old).Backbone);
    }

    [Fact]
    public void Recipes_of_another_version_s_preset_are_told_from_those_of_this_one()
    {
        foreach (var preset in FacePreset.All)
        {
            var made = preset.Apply(SmallRuns.Recipe() with { Data = new MtflData("faces.zip") });
            Assert.True(preset.Makes(made));
            Assert.True(preset.Makes(made with { Backbone = made.Backbone ?? made.Data.Backbone() }));
            Assert.True(preset.Makes(made with { Data = (MtflData)made.Data with { Augmentation = null } }));
            Assert.False(preset.Makes(made with { Data = (MtflData)made.Data with { Augmentation = new(Rotation: 3) } }));
            Assert.Equal(preset.Tower is null, preset.Makes(made with { Backbone = null }));
        }
    }

    [Fact]
    public void An_unknown_preset_is_refused_with_those_that_there_are() =>
        Assert.Contains("there are quick, paper, first-look, best. Did you mean 'paper'?", Assert.Throws<CrossStitchException>(() => FacePreset.Named("papre")).Message, StringComparison.Ordinal);

    private static string Text(Recipe recipe) => JsonSerializer.Serialize(recipe, SmallRuns.Catalog.Json.Indented);
}
