namespace CrossStitch.Faces.Reading;

/// <summary>Gender as annotators noted it by the looks of a face; not what a person is.</summary>
public enum Gender
{
    /// <summary>Annotated as male.</summary>
    Male,

    /// <summary>Annotated as female.</summary>
    Female,
}
