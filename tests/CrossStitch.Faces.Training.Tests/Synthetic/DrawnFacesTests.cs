using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Synthetic;

namespace CrossStitch.Faces.Training.Tests.Synthetic;

public class DrawnFacesTests
{
    // Shared by the tests that look at many faces.
    private static readonly Lazy<FaceCropSet> Faces = new(() => DrawnFaces.Generate(
        400, seed: 3, CropSettings.Default, cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public void The_same_seed_and_number_draw_the_same_face()
    {
        var (once, again, other) = (DrawnFaces.Draw(5, 17), DrawnFaces.Draw(5, 17), DrawnFaces.Draw(6, 17));

        Assert.Equal(once.Jpeg.ToArray(), again.Jpeg.ToArray());
        Assert.Equal((once.Face, once.Box), (again.Face, again.Box));
        Assert.NotEqual(once.Jpeg.ToArray(), other.Jpeg.ToArray());
    }

    [Fact]
    public void A_larger_set_begins_with_the_smaller_one()
    {
        var few = DrawnFaces.Generate(5, seed: 3, CropSettings.Default, cancellationToken: TestContext.Current.CancellationToken);

        for (var i = 0; i < few.Count; i++)
        {
            Assert.Equal(few[i], Faces.Value[i]);
            Assert.Equal(few.Patch(i), Faces.Value.Patch(i));
        }
    }

    [Fact]
    public void Attributes_are_as_frequent_as_meant()
    {
        var attributes = Faces.Value.Faces.Select(face => face.Attributes).ToArray();

        Assert.Equal(0.5, attributes.Average(a => a[FaceAttribute.Gender] == 0 ? 1.0 : 0), 0.1);
        Assert.Equal(0.5, attributes.Average(a => a[FaceAttribute.Smile] == 1 ? 1.0 : 0), 0.1);
        Assert.Equal(0.25, attributes.Average(a => a[FaceAttribute.Glasses] == 1 ? 1.0 : 0), 0.1);
        Assert.Equal(0.5, attributes.Average(a => a[FaceAttribute.Pose] == 2 ? 1.0 : 0), 0.1);
        Assert.Equal(0.09, attributes.Average(a => a[FaceAttribute.Pose] == 0 ? 1.0 : 0), 0.05);
        Assert.Equal(0.09, attributes.Average(a => a[FaceAttribute.Pose] == 4 ? 1.0 : 0), 0.05);
    }

    [Fact]
    public void The_nose_points_where_the_pose_says()
    {
        foreach (var pose in Faces.Value.Faces.GroupBy(face => face.Attributes[FaceAttribute.Pose]))
        {
            // On MTFL too, code 1 has the nose left of the eyes' middle, and code 5 right of it.
            var lean = pose.Average(face => face.Landmarks.Nose.X - ((face.Landmarks.LeftEye.X + face.Landmarks.RightEye.X) / 2));
            Assert.Equal(Math.Sign(pose.Key - 2), Math.Sign(Math.Round(lean, 1)));
        }
    }

    [Fact]
    public void Landmarks_sit_in_the_box_as_in_a_detectors()
    {
        var frontal = Faces.Value.Faces.Where(face => face.Attributes[FaceAttribute.Pose] == 2).ToArray();

        Assert.All(Faces.Value.Faces, face => Assert.Equal(BoxSource.Drawn, face.Box.Source));
        Assert.Equal(0.34, frontal.Average(face => face.Landmarks.LeftEye.X), 0.03);
        Assert.Equal(0.68, frontal.Average(face => face.Landmarks.RightEye.X), 0.03);
        Assert.Equal(0.39, frontal.Average(face => face.Landmarks.LeftEye.Y), 0.03);
        Assert.Equal(0.755, frontal.Average(face => face.Landmarks.LeftMouthCorner.Y), 0.04);
    }

    [Fact]
    public void Patches_hold_a_picture()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.True(Faces.Value.Patch(i).ToArray().Distinct().Count() > 10, $"Face {i} is flat.");
        }
    }

    [Fact]
    public void Faces_drawn_once_come_from_the_cache_and_are_the_same()
    {
        var cache = Directory.CreateTempSubdirectory("drawn-cache-").FullName;
        try
        {
            var fresh = Load(5, seed: 3);
            var file = Assert.Single(Directory.GetFiles(cache));
            var written = File.GetLastWriteTimeUtc(file).AddDays(-1);
            File.SetLastWriteTimeUtc(file, written);
            var cached = Load(5, seed: 3);

            Assert.Equal(fresh.Faces, cached.Faces);
            Assert.Equal(fresh.Patch(4), cached.Patch(4));
            Assert.Equal(Faces.Value.Patch(4), cached.Patch(4));
            Assert.Single(Directory.GetFiles(cache));

            Load(6, seed: 3);
            Load(5, seed: 4);
            Assert.Equal(3, Directory.GetFiles(cache).Length);
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }

        FaceCropSet Load(int count, long seed) =>
            DrawnFaces.Load(count, seed, CropSettings.Default, cache, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void More_faces_than_fit_into_memory_are_refused_before_any_is_drawn()
    {
        var message = Assert.Throws<CrossStitchException>(() =>
            DrawnFaces.Load(int.MaxValue, 1, CropSettings.Default, cacheFolder: null, cancellationToken: TestContext.Current.CancellationToken)).Message;

        Assert.StartsWith("2147483647 faces are too many: at most ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_drawing_has_a_version_of_its_own()
    {
        // Elsewhere a sine may differ in its last bit.
        Assert.SkipUnless(RuntimeInformation.RuntimeIdentifier is "linux-x64" && Fma.IsSupported, "The hash holds for Linux on x64 with FMA.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < 40; i++)
        {
            hash.AppendData(Faces.Value.Patch(i));
            hash.AppendData(Encoding.UTF8.GetBytes($"{Faces.Value[i].ImagePath} {Faces.Value[i].Box} {Faces.Value[i].Landmarks}"));
            hash.AppendData(Faces.Value[i].Attributes.Classes);
        }

        // Where this fails because faces are drawn or cropped differently on purpose, raise DrawnFaces.Drawing with the
        // new hash: caches hold faces of the old drawing.
        Assert.Equal((2, "c61f53b538df3c66"), (DrawnFaces.Drawing, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8))));
    }

    [Fact]
    public void Drawing_can_be_stopped()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            DrawnFaces.Generate(10, 1, CropSettings.Default, cancellationToken: source.Token));
    }
}
