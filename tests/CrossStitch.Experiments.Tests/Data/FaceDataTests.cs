using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Crops;
using static TorchSharp.torch;

namespace CrossStitch.Experiments.Tests.Data;

public sealed class FaceDataTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Fact]
    public void A_batch_holds_normalised_pixels_and_a_target_a_task()
    {
        using var scope = NewDisposeScope();
        var batch = new FaceData(small.Faces.Training).GetBatch([3, 5], augmentationSeed: null);
        Assert.Equal([2, 1, 40, 40], batch.Input.shape);
        Assert.Equal(0, batch.Input[1].mean().item<float>(), 3);
        Assert.Equal(1, batch.Input[1].std().item<float>(), 2);
        var landmarks = new float[10];
        small.Faces.Training[5].Landmarks.CopyTo(landmarks);
        Assert.Equal(landmarks, batch.Targets["landmarks"][1].data<float>().ToArray());
        Assert.Equal((long)small.Faces.Training[5].Attributes.Pose, batch.Targets["pose"][1].item<long>());
        Assert.Equal(small.Faces.Training[3].Attributes.Smile ? 1 : 0, batch.Targets["smile"][0].item<long>());
        Assert.Equal(ScalarType.Int64, batch.Targets["glasses"].dtype);
    }

    [Fact]
    public void Variation_depends_on_the_seed_and_the_face_alone()
    {
        using var scope = NewDisposeScope();
        var data = new FaceData(small.Faces.Training, new CropAugmentation());
        var together = data.GetBatch([1, 2, 3], augmentationSeed: 7);
        var alone = data.GetBatch([2], augmentationSeed: 7);
        Assert.True(together.Input[1].allclose(alone.Input[0], 0, 0));
        Assert.True(together.Targets["landmarks"][1].allclose(alone.Targets["landmarks"][0], 0, 0));
        Assert.False(data.GetBatch([2], augmentationSeed: 8).Input.allclose(alone.Input));
        Assert.True(data.GetBatch([2], augmentationSeed: null).Input.allclose(new FaceData(small.Faces.Training).GetBatch([2], 7).Input, 0, 0));
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
}
