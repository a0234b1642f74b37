namespace CrossStitch.Faces.Reading;

/// <summary>A face of a photo, and all that is known of it. Every number is finite.</summary>
public sealed record Face
{
    /// <summary>The square around it, in pixels of the photo; it may leave the photo.</summary>
    public required FaceBox Box { get; init; }

    /// <summary>How sure the finder is that it is one: 0 to 1; 1 where the caller gave the box, 0 where <see cref="FaceReader.ReadSingle"/> read it from the middle of the photo.</summary>
    public required float Score { get; init; }

    /// <summary>The five points, in pixels of the photo; they may leave the box.</summary>
    public required FaceLandmarks Landmarks { get; init; }

    /// <summary>Where it looks; null if the model does not say.</summary>
    public Prediction<HeadPose>? Pose { get; init; }

    /// <summary>Gender as annotators would note it; null if the model does not say.</summary>
    public Prediction<Gender>? Gender { get; init; }

    /// <summary>Whether it wears glasses; null if the model does not say.</summary>
    public Prediction<bool>? Glasses { get; init; }

    /// <summary>Whether it smiles; null if the model does not say.</summary>
    public Prediction<bool>? Smile { get; init; }
}
