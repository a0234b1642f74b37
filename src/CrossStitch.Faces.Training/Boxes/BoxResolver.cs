using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Faces.Training.Boxes;

/// <summary>
/// Gives each face its box: the detector's where one contains the five landmarks, the <see cref="ReferenceBox"/> where
/// none does.
/// </summary>
/// <remarks>
/// A picture may show several faces, and the detector may have found another than the annotated one; such a box has
/// landmarks far outside. In MTFL the two kinds are well apart: by <c>mtfl-boxes.csv</c>, of 9,983 training boxes
/// 9,892 contain every landmark by 8 % of a side or more, and 91 miss one by more than 5 %.
/// </remarks>
public sealed class BoxResolver
{
    /// <summary>How far outside its box a landmark may be, in sides of the box.</summary>
    public const float Slack = 0.05f;

    private readonly BoxFile? _detected;

    /// <summary>Creates a resolver.</summary>
    /// <param name="detected">The detector's boxes; null for reference boxes only.</param>
    public BoxResolver(BoxFile? detected = null) => _detected = detected;

    /// <summary>Gives a face its box; of several that contain it, the one with the highest score.</summary>
    /// <param name="face">The face.</param>
    public ResolvedBox Resolve(AnnotatedFace face)
    {
        var detected = _detected is null ? [] : _detected[face.ImagePath];
        for (var i = 0; i < detected.Count; i++)
        {
            if (detected[i].ToFaceBox() is var box && Contains(box, face.Landmarks))
            {
                return new(box, Mismatched: false);
            }
        }

        return new(ReferenceBox.Around(face.Landmarks), Mismatched: detected.Count > 0);
    }

    private static bool Contains(FaceBox box, FaceLandmarks landmarks)
    {
        for (var i = 0; i < FaceLandmarks.Count; i++)
        {
            var point = box.ToBox(landmarks[(Landmark)i]);
            if (!(MathF.Abs(point.X - 0.5f) <= 0.5f + Slack && MathF.Abs(point.Y - 0.5f) <= 0.5f + Slack))
            {
                return false;
            }
        }

        return true;
    }
}
