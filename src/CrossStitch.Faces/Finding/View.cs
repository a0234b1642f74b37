namespace CrossStitch.Faces.Finding;

/// <summary>How the second look sees a find: off its middle, larger or smaller than its box says, mirrored.</summary>
/// <param name="X">How far to the right of the box's middle, in sides of the box.</param>
/// <param name="Y">How far below it.</param>
/// <param name="Scale">How much larger the box seen is.</param>
/// <param name="Mirrored">Whether left is right.</param>
internal readonly record struct View(float X, float Y, float Scale, bool Mirrored)
{
    private const float Off = 0.06f;
    private const float Larger = 1.0867f;

    /// <summary>The box in the middle, as it is.</summary>
    public static IReadOnlyList<View> Straight { get; } = [new(0, 0, 1, false)];

    /// <summary>The other views: towards the corners, half of them larger and half mirrored.</summary>
    public static IReadOnlyList<View> Others { get; } =
    [
        new(-Off, -Off, Larger, true),
        new(Off, Off, 1 / Larger, true),
        new(-Off, Off, 1 / Larger, false),
        new(Off, -Off, Larger, false),
    ];

    /// <summary>The box that is seen.</summary>
    /// <param name="face">The find's.</param>
    public FaceBox Of(FaceBox face) => face with { CenterX = face.CenterX + (X * face.Side), CenterY = face.CenterY + (Y * face.Side), Side = face.Side * Scale };
}
