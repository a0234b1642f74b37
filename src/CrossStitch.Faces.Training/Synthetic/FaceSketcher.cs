using System.Numerics;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Kernels;

namespace CrossStitch.Faces.Training.Synthetic;

/// <summary>
/// Thinks up heads. Attributes are drawn first; each then moves the means of several traits, whose spreads overlap, so
/// that no single trait gives an attribute away.
/// </summary>
internal static class FaceSketcher
{
    private static readonly Vector3 PaleSkin = new(250, 218, 192);
    private static readonly Vector3 TanSkin = new(205, 150, 110);
    private static readonly Vector3 DarkSkin = new(82, 54, 40);

    private static readonly Vector3[] HairColors =
        [new(28, 22, 20), new(58, 40, 28), new(96, 62, 36), new(150, 104, 56), new(205, 170, 110), new(140, 60, 30), new(165, 163, 160)];

    private static readonly Vector3[] IrisColors = [new(60, 38, 22), new(35, 22, 15), new(86, 110, 130), new(82, 100, 62)];

    /// <summary>Draws a head of given attributes.</summary>
    /// <param name="attributes">The attributes; the pose matters only to the camera.</param>
    /// <param name="random">Where the traits come from.</param>
    public static FaceSketch Draw(FaceAttributes attributes, SeededRandom random)
    {
        var skinTone = random.NextDouble();
        var skin = (skinTone < 0.6
            ? Vector3.Lerp(PaleSkin, TanSkin, (float)(skinTone / 0.6))
            : Vector3.Lerp(TanSkin, DarkSkin, (float)((skinTone - 0.6) / 0.4))) * Between(random, 0.93, 1.03);
        var hairColor = HairColors[random.Next(0, HairColors.Length)] * Between(random, 0.8, 1.2);
        return new FaceSketch(
            attributes,
            DrawHead(attributes, random),
            DrawEyes(attributes, hairColor, random),
            DrawMouth(attributes, skin, random),
            DrawHair(attributes, hairColor, random),
            WearsGlasses(attributes) ? DrawGlasses(random) : null,
            skin,
            Wrinkles: Between(random, 0, 0.5) + (Smiles(attributes) ? Between(random, 0.1, 0.4) : 0),
            Blush: Between(random, 0, 0.12));
    }

    private static bool IsMale(FaceAttributes attributes) => attributes[FaceAttribute.Gender] == 0;

    private static bool WearsGlasses(FaceAttributes attributes) => attributes[FaceAttribute.Glasses] == 1;

    private static bool Smiles(FaceAttributes attributes) => attributes[FaceAttribute.Smile] == 1;

    /// <summary>A trait that tells the genders apart with overlap: about +1 for male, −1 for female.</summary>
    private static float Manly(FaceAttributes attributes, SeededRandom random) =>
        (float)((IsMale(attributes) ? 1 : -1) + (0.7 * random.NextGaussian()));

    private static HeadShape DrawHead(FaceAttributes attributes, SeededRandom random) => new(
        Width: 0.80f + Spread(random, 0.035) + (0.015f * Manly(attributes, random)),
        Chin: 1.10f + Spread(random, 0.035) + (0.02f * Manly(attributes, random)),
        JawTaper: Math.Clamp(0.24f + Spread(random, 0.04) - (0.06f * Manly(attributes, random)), 0.05f, 0.42f),
        JawSquareness: Math.Clamp(2.5f + Spread(random, 0.15) + (0.3f * Manly(attributes, random)), 2f, 3.4f),
        NoseTipY: 0.37f + Spread(random, 0.04),
        NoseLength: 0.235f + Spread(random, 0.04) + (0.02f * Manly(attributes, random)),
        NoseWidth: 0.115f + Spread(random, 0.016) + (0.009f * Manly(attributes, random)),
        BrowRidge: 0.03f + (0.02f * Manly(attributes, random)));

    private static EyeShape DrawEyes(FaceAttributes attributes, Vector3 hairColor, SeededRandom random) => new(
        X: 0.34f + Spread(random, 0.018),
        Y: -0.02f + Spread(random, 0.025),
        HalfWidth: 0.135f + Spread(random, 0.01),
        HalfHeight: 0.06f + Spread(random, 0.009) - (0.005f * Manly(attributes, random)),
        Openness: random.NextBool(0.06) ? 0 : Between(random, 0.6, 1) - (Smiles(attributes) ? Between(random, 0, 0.25) : 0),
        Gaze: new Vector2(Spread(random, 0.018), Spread(random, 0.007)),
        Iris: IrisColors[random.Next(0, IrisColors.Length)],
        Lashes: Math.Clamp(0.25f - (0.3f * Manly(attributes, random)), 0, 1),
        BrowHeight: 0.2f + Spread(random, 0.025) - (0.015f * Manly(attributes, random)),
        BrowThickness: Math.Clamp(0.042f + Spread(random, 0.008) + (0.012f * Manly(attributes, random)), 0.014f, 0.085f),
        BrowTilt: Spread(random, 0.035),
        BrowColor: hairColor * 0.75f);

    private static MouthShape DrawMouth(FaceAttributes attributes, Vector3 skin, SeededRandom random)
    {
        var smile = Smiles(attributes) ? Between(random, 0.45, 1.1) : Between(random, -0.4, 0.15);
        var speaks = random.NextBool(0.2);
        var laughs = Smiles(attributes) && random.NextBool(0.7);
        var open = laughs ? Between(random, 0.04, 0.15) : speaks ? Between(random, 0.02, 0.12) : 0;
        var paint = Math.Clamp(0.25f - (0.3f * Manly(attributes, random)), 0, 0.85f);
        return new MouthShape(
            Y: 0.68f + Spread(random, 0.03),
            HalfWidth: 0.245f + Spread(random, 0.018) + (0.07f * smile) - (Smiles(attributes) || !speaks ? 0 : 0.5f * open),
            CornerLift: 0.11f * smile,
            CornerTilt: Spread(random, 0.012),
            Open: open,
            Teeth: open > 0.02f && random.NextBool(Smiles(attributes) ? 0.9 : 0.25),
            Fullness: Math.Clamp(0.06f + Spread(random, 0.012) - (0.012f * Manly(attributes, random)), 0.025f, 0.1f),
            Color: Vector3.Lerp(
                skin * new Vector3(0.82f, 0.62f, 0.62f), new Vector3(Between(random, 120, 200), 30, Between(random, 40, 80)), paint),
            Beard: IsMale(attributes) && random.NextBool(0.45) ? Between(random, 0.2, 0.95) : 0);
    }

    private static HairStyle DrawHair(FaceAttributes attributes, Vector3 color, SeededRandom random)
    {
        // A seventh of the faces wear the other gender's usual length.
        var isLong = IsMale(attributes) == random.NextBool(0.15);
        var hat = random.NextBool(0.1);
        return new HairStyle(
            Bald: IsMale(attributes) && random.NextBool(0.1),
            Line: isLong && random.NextBool(0.4) ? Between(random, -0.42, -0.28) : Between(random, -0.78, -0.5),
            Part: (float)random.NextBetween(-1, 1),
            Sides: isLong ? Between(random, 0.5, 1.6) : Between(random, -0.15, 0.3),
            Back: isLong ? Between(random, 1.0, 2) : Between(random, 0.4, 0.8),
            Volume: isLong ? Between(random, 0.08, 0.26) : Between(random, 0.03, 0.16),
            Color: color,
            Hat: hat ? new Vector3(Between(random, 15, 230), Between(random, 15, 230), Between(random, 15, 230)) : null,
            Brim: hat && random.NextBool(0.6) ? Between(random, 0.2, 0.55) : 0);
    }

    private static GlassesStyle DrawGlasses(SeededRandom random)
    {
        var dark = random.NextBool(0.3);
        return new GlassesStyle(
            HalfWidth: Between(random, 0.19, 0.28),
            HalfHeight: Between(random, 0.12, 0.22),
            Squareness: Between(random, 2, 5),
            Thickness: Between(random, 0.014, 0.05),
            Color: random.NextBool(0.75) ? new Vector3(Between(random, 10, 70)) : new Vector3(Between(random, 130, 210), 120, 70),
            Tint: dark ? Between(random, 0.55, 0.97) : Between(random, 0, 0.12),
            Glare: random.NextBool(0.35) ? Between(random, 0.1, 0.6) : 0);
    }

    private static float Spread(SeededRandom random, double deviation) => (float)(deviation * random.NextGaussian());

    private static float Between(SeededRandom random, double low, double high) => (float)random.NextBetween(low, high);
}
