using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Tests.Measures;

[Collection(SmallRuns.Name)]
public sealed class MirrorPredictionTests(SmallRuns small)
{
    [Fact]
    public void A_face_and_its_mirror_image_are_predicted_to_be_mirror_images()
    {
        var recipe = SmallRuns.Recipe();
        using var engine = recipe.Engine(SmallRuns.Catalog, recipe.Build(SmallRuns.Catalog));
        var (faces, source) = (small.Faces.TestFaces!, new DrawnData(60, 24) { MirrorAveraged = true });
        var straight = source.Predict(engine, new FaceData(faces), 7, TestContext.Current.CancellationToken);
        var mirrored = source.Predict(engine, new Turned(faces), 7, TestContext.Current.CancellationToken);
        var once = new DrawnData(60, 24).Predict(engine, new FaceData(faces), 7, TestContext.Current.CancellationToken);
        Assert.NotEqual(once["landmarks"], straight["landmarks"]);
        int[] counterparts = [1, 0, 2, 4, 3];
        for (var face = 0; face < faces.Count; face++)
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(1 - mirrored["landmarks"][(10 * face) + counterparts[i]], straight["landmarks"][(10 * face) + i], 1e-4);
                Assert.Equal(mirrored["landmarks"][(10 * face) + 5 + counterparts[i]], straight["landmarks"][(10 * face) + 5 + i], 1e-4);
                Assert.Equal(mirrored["pose"][(5 * face) + 4 - i], straight["pose"][(5 * face) + i], 1e-3);
            }

            Assert.Equal(mirrored["smile"][2 * face], straight["smile"][2 * face], 1e-3);
        }
    }

    /// <summary>Every face turned by the augmentation's mirror.</summary>
    private sealed class Turned(FaceCropSet faces) : ILabelledData
    {
        private readonly FaceData _data = new(faces, CropAugmentation.None with { Flip = 1 });

        public int Count => _data.Count;

        public void Fill(Batch batch, ReadOnlySpan<int> indices, long? augmentationSeed) => _data.Fill(batch, indices, augmentationSeed: 1);
    }
}
