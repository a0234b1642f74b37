using CrossStitch.Faces;

namespace OwnFinder;

/// <summary>
/// From another detector's boxes to those that readers of faces here were trained with. Detectors differ in what they call
/// the box of a face; one scale and one shift, measured on many faces, take most of the difference away.
/// </summary>
/// <param name="Scale">The wanted side, in sides of the detector's box.</param>
/// <param name="Right">How far right the wanted centre is, in sides of the detector's box.</param>
/// <param name="Down">How far down it is.</param>
internal readonly record struct BoxFit(float Scale, float Right, float Down)
{
    /// <summary>Leaves boxes as they are.</summary>
    public static BoxFit None { get; } = new(1, 0, 0);

    /// <summary>The wanted box.</summary>
    /// <param name="box">The detector's.</param>
    public FaceBox Apply(FaceBox box) => box with
    {
        CenterX = box.CenterX + (Right * box.Side),
        CenterY = box.CenterY + (Down * box.Side),
        Side = Scale * box.Side,
    };
}
