namespace CrossStitch.Experiments.Recipes;

/// <summary>The attribute tasks that may help the landmarks.</summary>
public enum AuxiliaryTask
{
    /// <summary>Yaw in five classes.</summary>
    Pose,

    /// <summary>Male or female.</summary>
    Gender,

    /// <summary>With or without glasses.</summary>
    Glasses,

    /// <summary>Smiling or not.</summary>
    Smile,
}
