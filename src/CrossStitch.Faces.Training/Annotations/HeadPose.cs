namespace CrossStitch.Faces.Training.Annotations;

/// <summary>Yaw of the head in five classes; MTFL's codes 1 to 5, less one.</summary>
public enum HeadPose
{
    /// <summary>−60°: MTFL's "left profile", code 1.</summary>
    LeftProfile,

    /// <summary>−30°: code 2.</summary>
    Left,

    /// <summary>0°: code 3.</summary>
    Frontal,

    /// <summary>30°: code 4.</summary>
    Right,

    /// <summary>60°: code 5.</summary>
    RightProfile,
}
