using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Data;

public sealed class FaceDataTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Fact]
    public void A_batch_holds_normalised_pixels_and_a_label_a_task()
    {
        var batch = Batch(new FaceData(small.Faces.Training), [3, 5], augmentationSeed: null);
        Assert.Equal(2 * 40 * 40, batch.Input.Length);
        var pixels = batch.Example(1).ToArray();
        Assert.Equal(0, pixels.Average(), 3);
        Assert.Equal(1, Math.Sqrt(pixels.Average(pixel => pixel * pixel)), 2);
        var landmarks = new float[10];
        small.Faces.Training[5].Landmarks.CopyTo(landmarks);
        Assert.Equal(landmarks, batch.Label("landmarks", 1).ToArray());
        Assert.Equal((float)small.Faces.Training[5].Attributes[FaceAttribute.Pose], batch.Label("pose", 1)[0]);
        Assert.Equal(small.Faces.Training[3].Attributes[FaceAttribute.Smile], batch.Label("smile", 0)[0]);
    }

    [Fact]
    public void A_network_without_attributes_gets_none()
    {
        var batch = new Batch(NetworkBuilder.Describe(new Recipe { Network = NetworkKind.Single }), 1) { Count = 1 };
        new FaceData(small.Faces.Training).Fill(batch, [3], augmentationSeed: null);
        Assert.False(batch.Has("pose"));
        Assert.True(batch.Labels("landmarks").ToArray().All(float.IsFinite));
    }

    [Fact]
    public void Variation_depends_on_the_seed_and_the_face_alone()
    {
        var data = new FaceData(small.Faces.Training, new CropAugmentation());
        var together = Batch(data, [1, 2, 3], augmentationSeed: 7);
        var alone = Batch(data, [2], augmentationSeed: 7);
        Assert.Equal(alone.Example(0).ToArray(), together.Example(1).ToArray());
        Assert.Equal(alone.Label("landmarks", 0).ToArray(), together.Label("landmarks", 1).ToArray());
        Assert.NotEqual(alone.Input.ToArray(), Batch(data, [2], augmentationSeed: 8).Input.ToArray());
        Assert.Equal(Batch(new FaceData(small.Faces.Training), [2], 7).Input.ToArray(), Batch(data, [2], augmentationSeed: null).Input.ToArray());
    }

    [Fact]
    public void Validation_faces_are_set_aside_by_the_seed()
    {
        var (training, validation) = small.Faces.SplitValidation(0.25, seed: 1);
        Assert.Equal((45, 15), (training.Count, validation.Count));
        var paths = training.Faces.Concat(validation.Faces).Select(face => face.ImagePath).ToList();
        Assert.Equal(small.Faces.Training.Faces.Select(face => face.ImagePath).Order(), paths.Order());
        Assert.Equal(paths, [.. Paths(1)]);
        Assert.NotEqual(paths, [.. Paths(2)]);

        IEnumerable<string> Paths(long seed)
        {
            var split = small.Faces.SplitValidation(0.25, seed);
            return split.Training.Faces.Concat(split.Validation.Faces).Select(face => face.ImagePath);
        }
    }

    private static Batch Batch(FaceData data, int[] indices, long? augmentationSeed)
    {
        var batch = new Batch(NetworkBuilder.Describe(new Recipe()), indices.Length) { Count = indices.Length };
        data.Fill(batch, indices, augmentationSeed);
        return batch;
    }
}
