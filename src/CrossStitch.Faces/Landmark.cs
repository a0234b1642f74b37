namespace CrossStitch.Faces;

/// <summary>The five landmarks, in the order in which MTFL lists them (left and right as seen in the picture).</summary>
public enum Landmark
{
    /// <summary>Centre of the eye on the left of the picture.</summary>
    LeftEye,

    /// <summary>Centre of the eye on the right of the picture.</summary>
    RightEye,

    /// <summary>Tip of the nose.</summary>
    Nose,

    /// <summary>Mouth corner on the left of the picture.</summary>
    LeftMouthCorner,

    /// <summary>Mouth corner on the right of the picture.</summary>
    RightMouthCorner,
}
