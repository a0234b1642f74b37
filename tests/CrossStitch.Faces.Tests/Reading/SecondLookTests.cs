using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Reading;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Tests.Reading;

/// <summary>A network that looks at faces again, upright, by the points that another one has found.</summary>
public class SecondLookTests
{
    private const int Width = 160;
    private const int Height = 120;

    private static readonly FaceLandmarks Shape = new(new(0.3f, 0.3f), new(0.7f, 0.3f), new(0.5f, 0.5f), new(0.35f, 0.72f), new(0.65f, 0.72f));

    [Fact]
    public void The_points_are_those_of_the_second_look_in_the_frame_that_fits_the_first_ones()
    {
        var (bytes, boxes) = (RandomReaders.Bytes(Width * Height, 3), RandomReaders.Boxes(70, 4));
        var photo = new PhotoPixels(bytes, Width, Height, PixelFormat.Gray);
        var (model, second) = (Spread(RandomReaders.Model(5)), Second(6));
        using var once = new FaceReader(new RandomReaders.FixedFinder(boxes), model);
        using var twice = new FaceReader(new RandomReaders.FixedFinder(boxes), model, secondLook: second);
        using var runner = new NetworkRunner(second);
        var cropper = new FaceCropper(CropSettings.Aligned(40));
        var (patch, input) = (new byte[cropper.Settings.PatchSize * cropper.Settings.PatchSize], new float[40 * 40]);
        var (first, faces) = (once.Read(photo), twice.Read(photo));
        Assert.Equal(boxes.Length, faces.Count);
        for (var i = 0; i < boxes.Length; i++)
        {
            var frame = FaceFrame.Fit(first[i].Landmarks, Shape)!.Value;
            cropper.Crop(photo, frame.Upright, patch);
            CropPixels.ExtractTurned(patch, cropper.Settings, frame.Degrees, input);
            second.Input.Normalize(input);
            var output = runner.Run(input, 1);
            var expected = FaceLandmarks.FromNumbers(output["landmarks"]).Map(frame.ToImage);
            Assert.All(Enum.GetValues<Landmark>(), landmark => Assert.True(expected[landmark].DistanceTo(faces[i].Landmarks[landmark]) < 1e-3f * frame.Side));
            Assert.NotEqual(first[i].Landmarks, faces[i].Landmarks);
            var gender = output["gender"].ToArray();
            HeadOutputs.Softmax(gender, gender.Length, gender);
            Assert.Equal(0.5 * (gender[1] + first[i].Gender!.Probabilities[1]), faces[i].Gender!.Probabilities[1], 1e-5);
            Assert.Equal((first[i].Box, first[i].Score), (faces[i].Box, faces[i].Score));
        }

        // The second one has no head for smiles: what the first one said stays.
        Assert.Equal(first.Select(face => face.Smile!.Probability), faces.Select(face => face.Smile!.Probability));
        Assert.NotEqual(first.Select(face => face.Gender!.Probability), faces.Select(face => face.Gender!.Probability));
        Assert.Same(second, twice.SecondLook);
        Assert.Null(once.SecondLook);
    }

    /// <param name="off">How far to the right of the middle the second network says that the points are, in sides of its frame.</param>
    /// <param name="looks">How often it is asked.</param>
    [Theory]
    [InlineData(0.05f, 1)]
    [InlineData(-0.05f, 1)]
    [InlineData(0.15f, 3)]
    [InlineData(-0.2f, 3)]
    public void A_face_that_was_far_off_its_frame_is_looked_at_up_to_twice_more(float off, int looks)
    {
        var photo = new PhotoPixels(RandomReaders.Bytes(Width * Height, 3), Width, Height, PixelFormat.Gray);
        var (first, second) = (Constant(RandomReaders.Model(5), Shape), Second(6));
        var box = new FaceBox(80, 60, 40, BoxSource.Detector);
        using var reader = new FaceReader(new RandomReaders.FixedFinder(), first, secondLook: Constant(second, Shape.Map(point => new(point.X + off, point.Y))));

        var face = Assert.Single(reader.ReadAt(photo, [box]));

        Assert.All(Enum.GetValues<Landmark>(), landmark =>
        {
            var start = box.ToImage(Shape[landmark]);
            Assert.Equal(start.X + (looks * off * box.Side), face.Landmarks[landmark].X, 1e-3);
            Assert.Equal(start.Y, face.Landmarks[landmark].Y, 1e-3);
        });

        // Of what the looks say of attributes the first and the last count, half each; the last one's frame is looked at by a reader of its own.
        using var last = new FaceReader(new RandomReaders.FixedFinder(), Constant(first, Shape.Map(point => new(point.X + ((looks - 1) * off), point.Y))), secondLook: Constant(second, Shape));
        Assert.Equal(Assert.Single(last.ReadAt(photo, [box])).Gender!.Probabilities[1], face.Gender!.Probabilities[1], 1e-4);
    }

    [Fact]
    public void Points_of_a_single_face_are_the_mean_of_its_reading_and_of_four_looks_around_it()
    {
        const float off = 0.05f; // How far to the right of the middle the second network says that the points are, in sides of its frame.
        var photo = new PhotoPixels(RandomReaders.Bytes(Width * Height, 3), Width, Height, PixelFormat.Gray);
        var box = new FaceBox(80, 60, 40, BoxSource.Detector);
        using var reader = new FaceReader(new RandomReaders.FixedFinder(box), Constant(RandomReaders.Model(5), Shape), secondLook: Constant(Second(6), Shape.Map(point => new(point.X + off, point.Y))));

        var (face, once) = (reader.ReadSingle(photo)!, Assert.Single(reader.Read(photo)));

        // The reading lies off its frame by that; the four looks lie as far off theirs, which are about the reading.
        Assert.All(Enum.GetValues<Landmark>(), landmark =>
        {
            var start = box.ToImage(Shape[landmark]);
            Assert.Equal(start.X + (off * box.Side), once.Landmarks[landmark].X, 1e-3);
            Assert.Equal(start.X + (1.8 * off * box.Side), face.Landmarks[landmark].X, 1e-3);
            Assert.Equal(start.Y, face.Landmarks[landmark].Y, 1e-3);
        });
        Assert.Equal((once.Box, once.Score), (face.Box, face.Score));
        Assert.Equal(once.Gender!.Probabilities, face.Gender!.Probabilities);
    }

    [Fact]
    public void Points_of_a_single_face_depend_on_what_is_seen_from_around_it()
    {
        var photo = new PhotoPixels(RandomReaders.Bytes(Width * Height, 3), Width, Height, PixelFormat.Gray);
        var second = Second(6);
        using var network = new ReaderNetwork(new ReaderModel(second, isSecond: true), 1);
        using var reader = new FaceReader(new RandomReaders.FixedFinder(new FaceBox(80, 60, 40, BoxSource.Detector)), Constant(RandomReaders.Model(5), Shape), secondLook: second);
        var (face, once) = (reader.ReadSingle(photo)!, Assert.Single(reader.Read(photo)));
        var frame = network.Model.Frame(once)!.Value;
        FacePoint[] corners = [new(0.475f, 0.475f), new(0.475f, 0.525f), new(0.525f, 0.475f), new(0.525f, 0.525f)];
        Face[] around = [once, once, once, once];
        network.Read(photo, [.. corners.Select(corner => frame with { CenterX = frame.ToImage(corner).X, CenterY = frame.ToImage(corner).Y })], around, default);
        Assert.All(Enum.GetValues<Landmark>(), landmark =>
        {
            Face[] all = [once, .. around];
            Assert.Equal(all.Average(reading => reading.Landmarks[landmark].X), face.Landmarks[landmark].X, 1e-3);
            Assert.Equal(all.Average(reading => reading.Landmarks[landmark].Y), face.Landmarks[landmark].Y, 1e-3);
            Assert.NotEqual(once.Landmarks[landmark], face.Landmarks[landmark]);
        });
    }

    [Fact]
    public void A_photo_that_is_turned_a_quarter_gives_the_same_input()
    {
        // The picture, and the same one turned: pixel (x, y) goes to (Height − 1 − y, x).
        var bytes = RandomReaders.Bytes(Width * Height, 7);
        var turned = new byte[bytes.Length];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                turned[(x * Height) + (Height - 1 - y)] = bytes[(y * Width) + x];
            }
        }

        var (model, frame) = (new ReaderModel(Second(8), isSecond: true), new FaceFrame(80.5f, 61.25f, 40, 12));
        var (upright, again) = (new float[40 * 40], new float[40 * 40]);
        model.Cut(new PhotoPixels(bytes, Width, Height, PixelFormat.Gray), frame, upright);
        model.Cut(new PhotoPixels(turned, Height, Width, PixelFormat.Gray), new FaceFrame(Height - frame.CenterY, frame.CenterX, frame.Side, frame.Degrees + 90), again);
        for (var i = 0; i < upright.Length; i++)
        {
            // Rows and columns are summed in another order, and gray levels rounded.
            Assert.Equal(upright[i], again[i], 0.05);
        }
    }

    [Fact]
    public void Models_in_the_wrong_place_and_regions_that_are_none_are_refused()
    {
        var (first, second) = (RandomReaders.Model(9), Second(10));
        Assert.Contains("name it as the second look", Refused(second, null), StringComparison.Ordinal);
        Assert.Contains("it takes 'square-detector-box'", Refused(first, first), StringComparison.Ordinal);
        Assert.Contains("aligned by 2 points", Refused(first, With(second, [0, 1, 0, 1])), StringComparison.Ordinal);
        Assert.Contains("points that coincide", Refused(first, With(second, [.. Enumerable.Repeat(0.5f, 10)])), StringComparison.Ordinal);

        static NetworkModel With(NetworkModel model, float[] points) => model with { Input = model.Input with { Crop = model.Input.Crop! with { Points = points } } };
        static string Refused(NetworkModel model, NetworkModel? second) =>
            Assert.Throws<FaceDataException>(() => new FaceReader(new RandomReaders.FixedFinder(), model, secondLook: second)).Message;
    }

    [Theory]
    [InlineData(0.5f, 0)]
    [InlineData(0.5f, 1e-4f)]
    [InlineData(0.5f, 100)]
    [InlineData(9, 0.1f)]
    public void A_face_whose_points_are_no_face_s_keeps_the_first_look(float where, float apart)
    {
        var model = RandomReaders.Model(11);
        var points = new float[FaceLandmarks.Numbers];
        Shape.Map(point => new(where + (apart * point.X), where + (apart * point.Y))).CopyTo(points);
        var nowhere = model with { Heads = [model.Heads[0] with { Weights = new float[model.Heads[0].Weights.Length], Biases = points }, .. model.Heads.Skip(1)] };
        using var reader = new FaceReader(new RandomReaders.FixedFinder(), nowhere, secondLook: Second(12));
        var face = Assert.Single(reader.ReadAt(new PhotoPixels(RandomReaders.Bytes(Width * Height, 13), Width, Height, PixelFormat.Gray), [new FaceBox(50, 50, 40, BoxSource.Detector)]));
        using var once = new FaceReader(new RandomReaders.FixedFinder(), nowhere);
        var first = once.ReadAt(new PhotoPixels(RandomReaders.Bytes(Width * Height, 13), Width, Height, PixelFormat.Gray), [new FaceBox(50, 50, 40, BoxSource.Detector)])[0];
        Assert.Equal((first.Landmarks, first.Gender!.Probability), (face.Landmarks, face.Gender!.Probability));
    }

    [Fact]
    public void The_shape_travels_in_the_model_file()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ModelFile.Save(Second(14), path);
            var crop = ModelFile.Load(path).Input.Crop!;
            Assert.Equal(CropFormat.AlignedRegion, crop.Region);
            Assert.Equal(Second(14).Input.Crop!.Points, crop.Points);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static NetworkModel Second(int seed) => Spread(RandomReaders.Model(seed)) is var model
        ? model with { Heads = [.. model.Heads.SkipLast(1)], Input = CropPixels.AlignedFormat(Shape) }
        : null!;

    /// <summary>Always the same points.</summary>
    private static NetworkModel Constant(NetworkModel model, FaceLandmarks points)
    {
        var biases = new float[FaceLandmarks.Numbers];
        points.CopyTo(biases);
        return model with { Heads = [model.Heads[0] with { Weights = new float[model.Heads[0].Weights.Length], Biases = biases }, .. model.Heads.Skip(1)] };
    }

    /// <summary>Random weights, with points that lie about where a face has them.</summary>
    private static NetworkModel Spread(NetworkModel model)
    {
        var biases = new float[FaceLandmarks.Numbers];
        Shape.CopyTo(biases);
        return model with { Heads = [model.Heads[0] with { Weights = model.Heads[0].Weights.ToArray().Select(weight => weight * 0.01f).ToArray(), Biases = biases }, .. model.Heads.Skip(1)] };
    }
}
