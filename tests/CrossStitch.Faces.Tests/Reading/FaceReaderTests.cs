using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Reading;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Tests.Reading;

public class FaceReaderTests
{
    private const int Width = 160;
    private const int Height = 120;

    private static readonly byte[] Gray = RandomReaders.Bytes(Width * Height, 1);

    [Theory]
    [InlineData(1, false)]
    [InlineData(150, false)]
    [InlineData(150, true)]
    public void It_says_what_the_network_says_of_the_crop_of_training(int count, bool close)
    {
        var settings = close ? CropSettings.Close : CropSettings.Default;
        var (model, boxes) = (RandomReaders.Model(2) with { Input = CropPixels.FormatOf(settings) }, RandomReaders.Boxes(count, 3));
        using var reader = new FaceReader(new RandomReaders.FixedFinder(boxes), model, threads: 2);
        var faces = reader.Read(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(count, faces.Count);

        var cropper = new FaceCropper(settings);
        var patch = new byte[settings.PatchSize * settings.PatchSize];
        var input = new float[model.InputLength];
        using var runner = new NetworkRunner(model);
        for (var i = 0; i < count; i++)
        {
            cropper.Crop(new GrayImage(Width, Height, Gray), boxes[i], patch);
            CropPixels.Extract(patch, settings, input);
            CropPixels.Format.Normalize(input);
            var output = runner.Run(input, 1);
            Assert.Equal((boxes[i], 1f / (1 + i)), (faces[i].Box, faces[i].Score));
            Assert.Equal(FaceLandmarks.FromNumbers(output["landmarks"]).Map(boxes[i].ToImage), faces[i].Landmarks);
            var (pose, gender, smile) = (Probabilities(output["pose"]), Probabilities(output["gender"]), Probabilities(output["smile"]));
            Assert.Equal(pose, faces[i].Pose!.Probabilities);
            Assert.Equal((HeadPose)HeadOutputs.Highest(pose), faces[i].Pose!.Value);
            Assert.Equal(pose.Max(), faces[i].Pose!.Probability);
            Assert.Equal(gender[1] > gender[0] ? Gender.Female : Gender.Male, faces[i].Gender!.Value);
            Assert.Equal(smile[1] > smile[0], faces[i].Smile!.Value);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    public void A_model_that_asks_for_it_is_averaged_with_what_it_says_of_the_mirror_image(int count)
    {
        var (plain, boxes) = (RandomReaders.Model(2), RandomReaders.Boxes(count, 3));
        var photo = new PhotoPixels(Gray, Width, Height, PixelFormat.Gray);
        using var twice = new FaceReader(new RandomReaders.FixedFinder(), plain with { Input = plain.Input with { MirrorAveraged = true } });
        using var once = new FaceReader(new RandomReaders.FixedFinder(), plain);
        var turned = new byte[Gray.Length];
        for (var i = 0; i < turned.Length; i++)
        {
            turned[i] = Gray[(i / Width * Width) + (Width - 1 - (i % Width))];
        }

        var faces = twice.ReadAt(photo, boxes, TestContext.Current.CancellationToken);
        var straight = once.ReadAt(photo, boxes, TestContext.Current.CancellationToken);
        var mirror = once.ReadAt(
            new PhotoPixels(turned, Width, Height, PixelFormat.Gray), [.. boxes.Select(box => box with { CenterX = Width - box.CenterX })], TestContext.Current.CancellationToken);
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (straight[i].Landmarks, mirror[i].Landmarks.Map(point => point with { X = Width - point.X }));
            Near(a.LeftEye, b.RightEye, faces[i].Landmarks.LeftEye);
            Near(a.Nose, b.Nose, faces[i].Landmarks.Nose);
            Near(a.RightMouthCorner, b.LeftMouthCorner, faces[i].Landmarks.RightMouthCorner);

            // The mean of logits: probabilities of both looks multiplied, by their roots.
            var roots = straight[i].Pose!.Probabilities.Zip(mirror[i].Pose!.Probabilities.Reverse(), (p, q) => MathF.Sqrt(p * q)).ToArray();
            Assert.Equal(roots.Select(root => root / roots.Sum()), faces[i].Pose!.Probabilities, (p, q) => MathF.Abs(p - q) < 1e-3f);
        }

        static void Near(FacePoint a, FacePoint b, FacePoint mean) => Assert.Equal(0, mean.DistanceTo(new((a.X + b.X) / 2, (a.Y + b.Y) / 2)), 0.05);
    }

    [Fact]
    public void Any_format_and_stride_of_the_same_gray_picture_give_the_same_faces()
    {
        var boxes = RandomReaders.Boxes(5, 4);
        using var reader = new FaceReader(new RandomReaders.FixedFinder(), RandomReaders.Model(5));
        var expected = reader.ReadAt(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray), boxes, TestContext.Current.CancellationToken);
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var size = format switch { PixelFormat.Gray => 1, PixelFormat.Rgb or PixelFormat.Bgr => 3, _ => 4 };
            foreach (var stride in new[] { Width * size, (Width * size) + 5 })
            {
                var bytes = RandomReaders.Bytes((stride * (Height - 1)) + (Width * size), 6);
                for (var i = 0; i < Gray.Length; i++)
                {
                    bytes.AsSpan((i / Width * stride) + (i % Width * size), Math.Min(3, size)).Fill(Gray[i]);
                }

                AssertSame(expected, reader.ReadAt(new PhotoPixels(bytes, Width, Height, format, stride), boxes, TestContext.Current.CancellationToken));
            }
        }
    }

    [Fact]
    public void A_photo_cut_out_of_another_has_its_faces_where_they_were()
    {
        // Cut at multiples of a half, so that boxes move without rounding, and far enough from the edges.
        FaceBox[] boxes = [new(80.25f, 60.5f, 30, BoxSource.Detector), new(70, 64.75f, 22.5f, BoxSource.Detector)];
        using var reader = new FaceReader(new RandomReaders.FixedFinder(), RandomReaders.Model(7));
        var whole = reader.ReadAt(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray), boxes, TestContext.Current.CancellationToken);
        var part = new PhotoPixels(Gray.AsSpan((20 * Width) + 32), 96, 90, PixelFormat.Gray, Width);
        var cut = reader.ReadAt(part, [.. boxes.Select(box => box with { CenterX = box.CenterX - 32, CenterY = box.CenterY - 20 })], TestContext.Current.CancellationToken);
        for (var i = 0; i < boxes.Length; i++)
        {
            Assert.Equal(whole[i].Pose!.Probabilities, cut[i].Pose!.Probabilities);
            foreach (var landmark in Enum.GetValues<Landmark>())
            {
                Assert.Equal(whole[i].Landmarks[landmark].X, cut[i].Landmarks[landmark].X + 32, 1e-4f);
                Assert.Equal(whole[i].Landmarks[landmark].Y, cut[i].Landmarks[landmark].Y + 20, 1e-4f);
            }
        }
    }

    [Fact]
    public async Task Threads_at_once_get_the_bits_that_one_gets()
    {
        var boxes = RandomReaders.Boxes(70, 8);
        using var reader = new FaceReader(new RandomReaders.FixedFinder(boxes), RandomReaders.Model(9), threads: 2);
        IReadOnlyList<Face> Read() => reader.Read(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray));
        var expected = Read();
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(Read, TestContext.Current.CancellationToken)));
        Assert.All(all, faces => AssertSame(expected, faces));
    }

    [Fact]
    public void What_the_model_lacks_is_null_and_labels_may_be_in_any_order()
    {
        var model = RandomReaders.Model(10);
        var smile = model.Heads[4];
        var half = smile.Outputs * 512 / 2;
        var turned = smile with
        {
            Labels = ["yes", "no"],
            Weights = (float[])[.. smile.Weights.Span[half..], .. smile.Weights.Span[..half]],
            Biases = (float[])[smile.Biases.Span[1], smile.Biases.Span[0]],
        };
        FaceBox[] box = [new(80, 60, 40, BoxSource.Detector)];
        var photo = new PhotoPixels(Gray, Width, Height, PixelFormat.Gray);
        using var all = new FaceReader(new RandomReaders.FixedFinder(), model);
        using var few = new FaceReader(new RandomReaders.FixedFinder(), model with { Heads = [turned, model.Heads[0]] });
        var (expected, face) = (all.ReadAt(photo, box, TestContext.Current.CancellationToken)[0], few.ReadAt(photo, box, TestContext.Current.CancellationToken)[0]);
        Assert.Null(face.Pose);
        Assert.Null(face.Gender);
        Assert.Null(face.Glasses);
        Assert.Equal((expected.Landmarks, expected.Score), (face.Landmarks, 1f));
        Assert.Equal(expected.Smile!.Probabilities, face.Smile!.Probabilities);
        Assert.Equal(expected.Smile.Value, face.Smile.Value);
    }

    [Fact]
    public void A_model_that_does_not_read_faces_so_is_refused()
    {
        var model = RandomReaders.Model(11);
        var crop = CropPixels.Format.Crop!;
        Refused(model with { Heads = [.. model.Heads.Skip(1)] }, "no head 'landmarks'");
        Refused(model with { Heads = [model.Heads[0] with { Unit = null }] }, "no head 'landmarks'");
        Refused(model with { Heads = [model.Heads[0], model.Heads[1] with { Labels = [] }] }, "head 'pose'");
        Refused(model with { Heads = [model.Heads[0], model.Heads[2] with { Labels = ["female", "mail"] }] }, "head 'gender'");
        Refused(model with { Input = new InputFormat() }, "how its input is cut");
        Refused(model with { Input = CropPixels.Format with { Crop = crop with { Region = "ellipse" } } }, "ellipse");
        Refused(model with { Input = CropPixels.Format with { Crop = crop with { Resampling = Resampling.Nearest } } }, "Nearest");
        Refused(model with { Shape = model.Shape with { InputWidth = 41 } }, "40×41");

        static void Refused(NetworkModel model, string why) =>
            Assert.Contains(why, Assert.Throws<FaceDataException>(() => new FaceReader(new RandomReaders.FixedFinder(), model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_is_not_finite_comes_out_or_goes_in()
    {
        FaceBox box = new(80, 60, 40, BoxSource.Detector);
        using var broken = new FaceReader(new RandomReaders.FixedFinder(box), RandomReaders.Model(12, 1e36f));
        Assert.Throws<FaceDataException>(() => broken.Read(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray)));
        foreach (var odd in new[] { default, box with { Side = float.NaN }, box with { CenterX = float.PositiveInfinity }, box with { Side = -1 } })
        {
            using var reader = new FaceReader(new RandomReaders.FixedFinder(odd), RandomReaders.Model(13));
            Assert.Throws<FaceDataException>(() => reader.Read(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray)));
            Assert.Throws<ArgumentException>(() => reader.ReadAt(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray), [odd]));
        }
    }

    [Fact]
    public void A_photo_of_one_pixel_and_boxes_far_outside_are_read()
    {
        using var reader = new FaceReader(new RandomReaders.FixedFinder(), RandomReaders.Model(14));
        var faces = reader.ReadAt(new PhotoPixels([7, 8, 9], 1, 1, PixelFormat.Rgb), [new(0.5f, 0.5f, 1, BoxSource.Detector), new(-1e6f, 1e6f, 2e6f, BoxSource.Detector), new(0, 0, 1e-6f, BoxSource.Detector)], TestContext.Current.CancellationToken);
        Assert.Equal(3, faces.Count);
        Assert.All(faces, face => Assert.Equal(faces[0].Pose!.Probabilities, face.Pose!.Probabilities));
    }

    [Fact]
    public void It_can_be_stopped_and_disposed()
    {
        var reader = new FaceReader(new RandomReaders.FixedFinder(), RandomReaders.Model(15));
        FaceBox[] box = [new(80, 60, 40, BoxSource.Detector)];
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.Throws<OperationCanceledException>(() => reader.ReadAt(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray), box, stopped.Token));
        Assert.Throws<OperationCanceledException>(() => reader.Read(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray), cancellation: stopped.Token));
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.ReadAt(new PhotoPixels(Gray, Width, Height, PixelFormat.Gray), box, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_call_allocates_little_more_than_the_faces_that_it_returns()
    {
        var boxes = RandomReaders.Boxes(20, 16);
        using var reader = new FaceReader(new RandomReaders.FixedFinder(), RandomReaders.Model(17));
        var bytes = RandomReaders.Bytes(Width * Height * 4, 18);
        void Read() => reader.ReadAt(new PhotoPixels(bytes, Width, Height, PixelFormat.Bgra), boxes);
        Read();
        Read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, boxes.Length * 1024);
    }

    private static float[] Probabilities(ReadOnlySpan<float> logits)
    {
        var probabilities = new float[logits.Length];
        HeadOutputs.Softmax(logits, logits.Length, probabilities);
        return probabilities;
    }

    private static void AssertSame(IReadOnlyList<Face> expected, IReadOnlyList<Face> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal((expected[i].Box, expected[i].Score, expected[i].Landmarks), (actual[i].Box, actual[i].Score, actual[i].Landmarks));
            Assert.Equal(expected[i].Pose!.Probabilities, actual[i].Pose!.Probabilities);
            Assert.Equal(expected[i].Glasses!.Probabilities, actual[i].Glasses!.Probabilities);
        }
    }
}
