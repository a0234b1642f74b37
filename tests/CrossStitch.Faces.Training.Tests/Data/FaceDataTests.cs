using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Tests.Data;

[Collection(SmallRuns.Name)]
public sealed class FaceDataTests(SmallRuns small)
{
    [Fact]
    public void A_batch_holds_normalised_pixels_and_a_label_a_task()
    {
        var batch = Batch(new FaceData(small.Faces.TrainingFaces), [3, 5], augmentationSeed: null);
        Assert.Equal(2 * 40 * 40, batch.Input.Length);
        var pixels = batch.Example(1).ToArray();
        Assert.Equal(0, pixels.Average(), 3);
        Assert.Equal(1, Math.Sqrt(pixels.Average(pixel => pixel * pixel)), 2);
        var landmarks = new float[10];
        small.Faces.TrainingFaces[5].Landmarks.CopyTo(landmarks);
        Assert.Equal(landmarks, batch.Label("landmarks", 1).ToArray());
        Assert.Equal((float)small.Faces.TrainingFaces[5].Attributes[FaceAttribute.Pose], batch.Label("pose", 1)[0]);
        Assert.Equal(small.Faces.TrainingFaces[3].Attributes[FaceAttribute.Smile], batch.Label("smile", 0)[0]);
    }

    [Fact]
    public void A_network_without_attributes_gets_none()
    {
        var batch = new Batch(SmallRuns.Recipe("single").Describe(SmallRuns.Catalog), 1) { Count = 1 };
        new FaceData(small.Faces.TrainingFaces).Fill(batch, [3], augmentationSeed: null);
        Assert.False(batch.Has("pose"));
        Assert.True(batch.Labels("landmarks").ToArray().All(float.IsFinite));
    }

    [Fact]
    public void Variation_depends_on_the_seed_and_the_face_alone()
    {
        var data = new FaceData(small.Faces.TrainingFaces, new CropAugmentation());
        var together = Batch(data, [1, 2, 3], augmentationSeed: 7);
        var alone = Batch(data, [2], augmentationSeed: 7);
        Assert.Equal(alone.Example(0).ToArray(), together.Example(1).ToArray());
        Assert.Equal(alone.Label("landmarks", 0).ToArray(), together.Label("landmarks", 1).ToArray());
        Assert.NotEqual(alone.Input.ToArray(), Batch(data, [2], augmentationSeed: 8).Input.ToArray());
        Assert.Equal(Batch(new FaceData(small.Faces.TrainingFaces), [2], 7).Input.ToArray(), Batch(data, [2], augmentationSeed: null).Input.ToArray());
    }

    [Fact]
    public void Faces_are_named_by_their_pictures_and_grouped_by_their_boxes()
    {
        var data = new FaceData(small.Faces.TrainingFaces);
        Assert.Equal(small.Faces.TrainingFaces[7].ImagePath, data.NameOf(7));
        var boxes = Assert.Single(data.Groupings);
        Assert.Equal(["from a detector", "from the true landmarks", "as drawn"], boxes.Groups);
        Assert.All(boxes.GroupOf, group => Assert.Equal("as drawn", boxes.Groups[group]));
        var examples = ExampleLabels.Of(data, FaceTasks.All, SmallRuns.Recipe().Data.Backbone()).Examples;
        Assert.Equal(["pose", "gender", "glasses", "smile", "box"], examples.Groupings.Select(grouping => grouping.Name));
        Assert.Equal(small.Faces.TrainingFaces[3].Attributes[FaceAttribute.Pose], examples.By("pose")!.GroupOf[3]);
    }

    private static Batch Batch(FaceData data, int[] indices, long? augmentationSeed)
    {
        var batch = new Batch(SmallRuns.Recipe().Describe(SmallRuns.Catalog), indices.Length) { Count = indices.Length };
        data.Fill(batch, indices, augmentationSeed);
        return batch;
    }
}
