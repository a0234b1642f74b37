namespace CrossStitch.Faces;

/// <summary>What a reader calls the landmarks.</summary>
public static class LandmarkNames
{
    /// <summary>The name of a landmark in plain words, as in "left mouth corner".</summary>
    /// <param name="landmark">Which.</param>
    public static string Of(Landmark landmark) => landmark switch
    {
        Landmark.LeftEye => "left eye",
        Landmark.RightEye => "right eye",
        Landmark.Nose => "nose",
        Landmark.LeftMouthCorner => "left mouth corner",
        Landmark.RightMouthCorner => "right mouth corner",
        _ => throw new ArgumentOutOfRangeException(nameof(landmark)),
    };
}
