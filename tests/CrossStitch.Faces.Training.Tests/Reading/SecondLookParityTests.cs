using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Finding;
using CrossStitch.Faces.Reading;
using CrossStitch.Faces.Skia;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Faces.Training.Synthetic;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Training.Tests.Reading;

/// <summary>A second look as it is trained and measured, and as it reads photos.</summary>
[Collection(SmallRuns.Name)]
public class SecondLookParityTests(SmallRuns small)
{
    [Fact]
    public void A_run_measures_what_its_exported_model_reads_from_the_photos()
    {
        var folder = small.Folder("drawn");
        DrawnArchive.Write(folder, 30, 10, 5, cancellationToken: TestContext.Current.CancellationToken);
        var recipe = FacePreset.Best.Apply(Recipe.For(new MtflData(folder)));
        recipe = recipe.With(SmallRuns.Catalog.Networks["cross-stitch"], recipe.Auxiliary()) with { Threads = 1, ValidationShare = 0 };
        recipe = recipe with { Training = recipe.Training with { Epochs = 1, BatchSize = 16 } };
        var data = (FaceDataset)recipe.Data.Load(cancellation: TestContext.Current.CancellationToken);
        var run = small.Run("second-look");
        var result = new TrainingRun(recipe, data, run).Execute(cancellation: TestContext.Current.CancellationToken);
        var file = small.Folder("second-look.xstitch");
        RunExport.Save(run, file);

        using var archive = MtflArchive.Open(folder);
        using var reader = new FaceReader(new NoFinder(), FaceReader.Default.Model);
        using var second = new ReaderNetwork(new ReaderModel(ModelFile.Load(file), isSecond: true), threads: 1);
        double errors = 0, eyes = 0;
        foreach (var (face, annotated) in data.TestFaces!.Faces.Zip(archive.Read(MtflSplit.Testing).Faces))
        {
            var picture = Photo.Load(Path.Combine(folder, annotated.ImagePath));
            Face[] looks = [.. reader.ReadAt(picture.Pixels, [face.Box])];

            // A reader may look once more, for after an epoch the points are far off; a run does not.
            second.Read(picture.Pixels, [second.Model.Frame(looks[0])!.Value], looks, TestContext.Current.CancellationToken);
            var read = looks[0];
            var distance = Enum.GetValues<Landmark>().Average(landmark => read.Landmarks[landmark].DistanceTo(annotated.Landmarks[landmark]));
            errors += distance / face.Box.Side / data.TestFaces.Count;
            eyes += distance / annotated.Landmarks.InterOcularDistance / data.TestFaces.Count;
        }

        // The measures are those of any network, in box widths and in distances of the eyes, though it predicts in units of a frame.
        Assert.Equal(errors, result.Test!.Overall.Measures[FaceMeasures.MeanError], 2e-4);
        Assert.Equal(eyes, result.Test.Overall.Measures[FaceMeasures.InterOcularError], 1e-3);
    }

    [Fact]
    public void Varied_and_turned_faces_have_their_landmarks_where_their_pixels_are()
    {
        // A picture of one bright dot, at the nose of a face that lies on its side.
        const int Side = 200;
        var pixels = new byte[Side * Side];
        var frame = new FaceFrame(100, 100, 80, 75);
        var nose = frame.ToImage(new(0.55f, 0.6f));
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                pixels[(y * Side) + x] = (byte)(250 * Math.Exp(-0.05 * (Math.Pow(x + 0.5 - nose.X, 2) + Math.Pow(y + 0.5 - nose.Y, 2))));
            }
        }

        var settings = Faces.Crops.CropSettings.Aligned(60);
        var patch = new byte[settings.PatchSize * settings.PatchSize];
        new Faces.Crops.FaceCropper(settings).Crop(new GrayImage(Side, Side, pixels), frame.Upright, patch);
        var box = new FaceBox(90, 110, 120, BoxSource.Detector);
        var face = new FaceCrop("a.jpg", box, SecondLook.Shape.Map(frame.ToImage).Map(box.ToBox) with { Nose = box.ToBox(nose) }, new FaceAttributes([0, 0, 0, 0])) { Frame = frame };
        Assert.Equal(80.0 / 120, face.SeenSide, 1e-6);
        var (crop, points) = (new float[60 * 60], new float[FaceLandmarks.Numbers]);
        for (var seed = 0ul; seed < 40; seed++)
        {
            new CropAugmentation(Shift: 0.08, Scale: 0.15, Rotation: 20, Brightness: 0, Contrast: 0, Midtones: 0).Apply(patch, settings, face, new(seed), crop, points, out var attributes);
            double weight = 0, atX = 0, atY = 0;
            for (var i = 0; i < crop.Length; i++)
            {
                weight += crop[i];
                atX += crop[i] * ((i % 60) + 0.5);
                atY += crop[i] * ((i / 60) + 0.5);
            }

            Assert.Equal(points[(int)Landmark.Nose] * 60, atX / weight, 0.15);
            Assert.Equal(points[FaceLandmarks.Count + (int)Landmark.Nose] * 60, atY / weight, 0.15);
            Assert.True(points[(int)Landmark.LeftEye] < points[(int)Landmark.RightEye]);
            _ = attributes;
        }
    }

    private sealed class NoFinder : IFaceFinder
    {
        public IReadOnlyList<FoundFace> Find(PhotoPixels photo, FinderOptions? options = null, CancellationToken cancellation = default) => [];
    }
}
