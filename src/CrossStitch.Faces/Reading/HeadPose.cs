namespace CrossStitch.Faces.Reading;

/// <summary>Where a face looks, by the yaw of the head: the five classes of the annotations that models are trained with.</summary>
public enum HeadPose
{
    /// <summary>About −60°: the left profile.</summary>
    LeftProfile,

    /// <summary>About −30°: to the left.</summary>
    Left,

    /// <summary>About 0°: into the camera.</summary>
    Frontal,

    /// <summary>About 30°: to the right.</summary>
    Right,

    /// <summary>About 60°: the right profile.</summary>
    RightProfile,
}
