namespace CrossStitch.Faces.Training.Annotations;

/// <summary>The gender that MTFL's annotators noted; its codes 1 and 2, less one.</summary>
public enum Gender
{
    /// <summary>Code 1.</summary>
    Male,

    /// <summary>Code 2.</summary>
    Female,
}
