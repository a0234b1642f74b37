using System.Buffers;
using CrossStitch.Faces.Crops;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Faces.Reading;

/// <summary>A network that reads faces: how it wants them to be cut, and what its heads say.</summary>
internal sealed class ReaderModel
{
    private const string LandmarksHead = "landmarks";

    private readonly bool _isSecond;
    private readonly int _landmarks;
    private readonly float _shown;
    private readonly FaceLandmarks? _shape;
    private readonly FaceCropper _cropper;
    private readonly AttributeHead<HeadPose>? _pose;
    private readonly AttributeHead<Gender>? _gender;
    private readonly AttributeHead<bool>? _glasses;
    private readonly AttributeHead<bool>? _smile;

    /// <summary>Checks that a network reads faces.</summary>
    /// <param name="model">The network.</param>
    /// <param name="isSecond">Whether it is to look at faces whose points another has found.</param>
    /// <exception cref="FaceDataException">It does not; the message says why.</exception>
    public ReaderModel(NetworkModel model, bool isSecond = false)
    {
        (Model, _isSecond) = (model, isSecond);
        var (shape, crop, expected) = (model.Shape, model.Input.Crop, CropPixels.Format.Crop!);
        Require(
            shape.InputChannels == 1 && shape.InputHeight == shape.InputWidth && shape.InputWidth <= FaceCropper.MaxPatchSize,
            $"its input has {shape.InputChannels} channels of {shape.InputHeight}×{shape.InputWidth}, not one square of gray levels");
        Require(crop is not null, "it does not say how its input is cut from a picture, as models of the first version do not; export it again");
        var isAligned = crop!.Region == CropFormat.AlignedRegion;
        Require(isSecond || !isAligned, "it looks at faces whose points another network has found; name it as the second look, beside the model of the first");
        Require(!isSecond || isAligned, $"as a second look it must take regions '{CropFormat.AlignedRegion}', and it takes {QuotedText.Of(crop.Region)}");
        Require(!isAligned || (crop.Points?.Count == FaceLandmarks.Numbers && crop.Margin == 0), $"its region is aligned by {crop.Points?.Count / 2 ?? 0} points with a margin of {crop.Margin}, not by {FaceLandmarks.Count} without one");
        Require(
            (isAligned || crop.Region == expected.Region) && crop.Resampling == expected.Resampling && crop.Edges == expected.Edges && crop.Margin is >= CropFormat.LeastMargin and <= CropFormat.LargestMargin,
            $"its input is cut in another way: {QuotedText.Of($"{crop.Region}, {crop.Resampling}, {crop.Edges}")} instead of '{expected.Region}, {expected.Resampling}, {expected.Edges}'");

        // Those of training are cut as in training, to the bit; any other margin makes the box larger or smaller.
        var isClose = shape.InputWidth == CropSettings.Close.Input && crop.Margin == CropPixels.FormatOf(CropSettings.Close).Crop!.Margin;
        _shown = isClose ? 1 : 1 + (2 * crop.Margin);
        _shape = isAligned ? FaceLandmarks.FromNumbers([.. crop.Points!]) : null;
        Require(_shape is null || FaceFrame.Fit(_shape, _shape) is not null, "its region is aligned by points that coincide");
        _cropper = new FaceCropper(isAligned ? CropSettings.Aligned(shape.InputWidth) : isClose ? CropSettings.Close : CropSettings.Default with { Size = shape.InputWidth });
        _landmarks = model.Heads.ToList().FindIndex(head => head is { Name: LandmarksHead, Kind: HeadKind.Regression, Outputs: FaceLandmarks.Numbers, Unit: NetworkHead.BoxUnit });
        Require(_landmarks >= 0, $"it has no head '{LandmarksHead}' of {FaceLandmarks.Numbers} numbers in units of the box");
        _pose = AttributeHead<HeadPose>.Find(model, "pose", [4, 3, 2, 1, 0], ("-60°", HeadPose.LeftProfile), ("-30°", HeadPose.Left), ("0°", HeadPose.Frontal), ("30°", HeadPose.Right), ("60°", HeadPose.RightProfile));
        _gender = AttributeHead<Gender>.Find(model, "gender", [0, 1], ("male", Gender.Male), ("female", Gender.Female));
        _glasses = AttributeHead<bool>.Find(model, "glasses", [0, 1], ("no", false), ("yes", true));
        _smile = AttributeHead<bool>.Find(model, "smile", [0, 1], ("no", false), ("yes", true));
    }

    /// <summary>The network.</summary>
    public NetworkModel Model { get; }

    /// <summary>Whether it is to see every face twice, as it is and mirrored.</summary>
    public bool IsMirrored => Model.Input.MirrorAveraged;

    /// <summary>The region of a face whose points were found before; null if they give none, or one that cannot be the face's.</summary>
    /// <param name="face">The face.</param>
    public FaceFrame? Frame(Face face) => FrameOf(face, _shape!);

    /// <summary>The same for any shape.</summary>
    /// <param name="face">The face.</param>
    /// <param name="shape">Where the points should lie in the frame.</param>
    public static FaceFrame? FrameOf(Face face, FaceLandmarks shape) =>
        FaceFrame.Fit(face.Landmarks, shape) is { } frame && frame.FitsInto(face.Box) && FaceCropper.CanCut(frame.Upright) ? frame : null;

    /// <summary>Cuts a face out of a photo, as in training, and makes it the network's input.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="region">Where the face is; checked. It is turned for a second look only.</param>
    /// <param name="input">Receives one example.</param>
    public void Cut(PhotoPixels photo, FaceFrame region, Span<float> input)
    {
        if (_shape is null)
        {
            _cropper.CropBox(photo, region.Upright with { Side = region.Side * _shown }, input);
        }
        else
        {
            // Training keeps more around the frame, for augmentation; pixels are where they are there.
            var cropper = new FaceCropper(CropSettings.Turned(_cropper.Settings.Size, region.Degrees));
            var size = cropper.Settings.PatchSize * cropper.Settings.PatchSize;
            var patch = ArrayPool<byte>.Shared.Rent(size);
            cropper.Crop(photo, region.Upright, patch.AsSpan(0, size));
            CropPixels.ExtractTurned(patch.AsSpan(0, size), cropper.Settings, region.Degrees, input);
            ArrayPool<byte>.Shared.Return(patch);
        }

        Model.Input.Normalize(input);
    }

    /// <summary>Makes the mirror image of an input.</summary>
    /// <param name="input">One example.</param>
    /// <param name="mirrored">Receives its mirror image.</param>
    public void Mirror(ReadOnlySpan<float> input, Span<float> mirrored)
    {
        input.CopyTo(mirrored);
        FaceMirror.MirrorRows(mirrored, Model.Shape.InputWidth);
    }

    /// <summary>What the network says of a face.</summary>
    /// <param name="output">Of the network.</param>
    /// <param name="example">Which of its examples.</param>
    /// <param name="mirrored">Which of its examples is the mirror image; null for none.</param>
    /// <param name="region">What was cut.</param>
    /// <param name="face">What is known of it: attributes that another look has predicted stay where this one has no head for them, and are averaged with its where it has.</param>
    /// <exception cref="FaceDataException">The network gives numbers that are not finite.</exception>
    public Face Read(NetworkOutput output, int example, int? mirrored, FaceFrame region, Face face)
    {
        Span<float> numbers = stackalloc float[FaceLandmarks.Numbers];
        Of(example).CopyTo(numbers);
        if (mirrored is { } other)
        {
            FaceMirror.AverageLandmarks(numbers, Of(other));
        }

        var points = FaceLandmarks.FromNumbers(numbers).Map(region.ToImage);
        points.CopyTo(numbers);
        RequireFinite(numbers);
        return face with
        {
            Landmarks = points,
            Pose = _pose?.Read(output, example, mirrored, face.Pose) ?? face.Pose,
            Gender = _gender?.Read(output, example, mirrored, face.Gender) ?? face.Gender,
            Glasses = _glasses?.Read(output, example, mirrored, face.Glasses) ?? face.Glasses,
            Smile = _smile?.Read(output, example, mirrored, face.Smile) ?? face.Smile,
        };

        ReadOnlySpan<float> Of(int example) => output[_landmarks].Slice(example * FaceLandmarks.Numbers, FaceLandmarks.Numbers);
    }

    /// <summary>Refuses numbers of which one is infinite or no number.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <exception cref="FaceDataException">One is.</exception>
    public static void RequireFinite(ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
        {
            if (!float.IsFinite(number))
            {
                throw new FaceDataException("The model cannot read faces: it gives numbers that are not finite; its weights are far too large. Use another one.");
            }
        }
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FaceDataException($"The model {(_isSecond ? "of the second look " : "")}cannot read faces: {otherwise}.");
        }
    }
}
