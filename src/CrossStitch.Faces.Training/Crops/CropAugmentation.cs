using System.Text.Json.Serialization;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Crops;

/// <summary>
/// How a training face is varied each time it is seen. Every amount is the most that is drawn, evenly spread; zero
/// switches a variation off. Geometry is undone exactly for the landmarks.
/// </summary>
/// <param name="Flip">Probability of a mirror image; left and right landmarks are exchanged, and attributes are those of a mirror image.</param>
/// <param name="Shift">Box widths, to either side and up or down.</param>
/// <param name="Scale">Share of the size: 0.07 is 7 % larger or smaller, about the box's centre.</param>
/// <param name="Rotation">Degrees, to either side, about the box's centre.</param>
/// <param name="Brightness">Share of the gray range added or taken; only clipping survives the later normalisation.</param>
/// <param name="Contrast">Share by which differences from mid-gray grow or shrink, before clipping.</param>
/// <param name="Midtones">
/// How far mid-gray is lifted or lowered while black and white stay, 0..1: v + m·v·(1 − v), which is close to a gamma
/// curve of 1/(1 + m) and needs no power.
/// </param>
/// <param name="Blur">Weight of each neighbour in a blur of three pixels both ways, 0..1/3.</param>
/// <param name="Noise">Gray levels of evenly spread noise on each pixel, either way.</param>
/// <param name="Occlusion">Probability that a rectangle of one gray hides part of the face.</param>
/// <param name="OcclusionSize">Its longest side, in box widths.</param>
public sealed record CropAugmentation(
    double Flip = 0.5,
    double Shift = 0.04,
    double Scale = 0.07,
    double Rotation = 8,
    double Brightness = 0.1,
    double Contrast = 0.15,
    double Midtones = 0.3,
    double Blur = 0,
    double Noise = 0,
    double Occlusion = 0,
    double OcclusionSize = 0.35)
{
    /// <summary>How much narrower or wider a face becomes, as the logarithm of the factor, and as much taller or flatter: 0.05 is 5 %.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Stretch { get; init; }

    /// <summary>How far a face leans: what lies a box width below its centre moves sideways by so many box widths, and its centre not at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Shear { get; init; }

    /// <summary>The face as it is.</summary>
    public static CropAugmentation None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Checks the amounts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range; the message says which.</exception>
    public void Validate()
    {
        Check(Flip, 1, nameof(Flip));
        Check(Shift, 0.5, nameof(Shift));
        Check(Scale, 0.5, nameof(Scale));
        Check(Rotation, 180, nameof(Rotation));
        Check(Stretch, 0.5, nameof(Stretch));
        Check(Shear, 0.5, nameof(Shear));
        Check(Brightness, 1, nameof(Brightness));
        Check(Contrast, 1, nameof(Contrast));
        Check(Midtones, 1, nameof(Midtones));
        Check(Blur, 1.0 / 3, nameof(Blur));
        Check(Noise, 255, nameof(Noise));
        Check(Occlusion, 1, nameof(Occlusion));
        Check(OcclusionSize, 1, nameof(OcclusionSize));
    }

    /// <summary>Draws one variation of a face. The caller has called <see cref="Validate"/>.</summary>
    /// <param name="patch">The face's patch.</param>
    /// <param name="settings">How it was cropped.</param>
    /// <param name="face">What is known of it.</param>
    /// <param name="random">Where the variation comes from.</param>
    /// <param name="pixels">
    /// Receives <see cref="CropSettings.Input"/> squared gray levels, not yet normalised; those that
    /// <see cref="CropPixels.Extract(ReadOnlySpan{byte}, CropSettings, Span{float})"/> gives if nothing is varied.
    /// </param>
    /// <param name="landmarks">Receives ten numbers (x1..x5, then y1..y5) in box units.</param>
    /// <param name="attributes">The attributes: in a mirror image, those that it shows.</param>
    /// <exception cref="ArgumentException">A span is of another size.</exception>
    public void Apply(
        ReadOnlySpan<byte> patch,
        CropSettings settings,
        FaceCrop face,
        SeededRandom random,
        Span<float> pixels,
        Span<float> landmarks,
        out FaceAttributes attributes)
    {
        CropPixels.Check(patch, settings, pixels);

        // Every amount is always drawn, so that changing one does not change what the others draw.
        var flip = random.NextBool(Flip);
        var (shiftX, shiftY) = (Shift * random.NextBetween(-1, 1), Shift * random.NextBetween(-1, 1));
        var scale = 1 + (Scale * random.NextBetween(-1, 1));
        var rotation = Rotation * random.NextBetween(-1, 1);
        var tone = new CropTone(
            Brightness * random.NextBetween(-1, 1),
            1 + (Contrast * random.NextBetween(-1, 1)),
            Midtones * random.NextBetween(-1, 1));
        var blur = (float)(Blur * random.NextDouble());

        // But for these two: faces of recipes that are older than they are, and have none, stay what they were.
        var (stretch, shear) = Stretch > 0 || Shear > 0 ? (Stretch * random.NextBetween(-1, 1), Shear * random.NextBetween(-1, 1)) : (0, 0);

        var warp = new CropWarp(flip, shiftX, shiftY, scale, rotation, stretch, shear);
        warp.Sample(patch, settings, pixels, face.Frame?.Degrees ?? 0);
        warp.MapLandmarks(face.SeenLandmarks, landmarks);
        attributes = warp.IsMirrored ? face.Attributes.ToMirrored() : face.Attributes;
        tone.Apply(pixels);
        if (blur > 0)
        {
            CropDegradation.Blur(pixels, settings.Input, blur);
        }

        if (Noise > 0)
        {
            CropDegradation.AddNoise(pixels, (float)Noise, random);
        }

        if (random.NextBool(Occlusion))
        {
            CropDegradation.Occlude(pixels, settings.Input, OcclusionSize, random);
        }
    }

    private static void Check(double value, double most, string name)
    {
        if (!(value >= 0 && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is between 0 and {most:0.###}.");
        }
    }
}
