namespace CrossStitch.Faces.Training.Annotations;

/// <summary>The two parts of MTFL, each with an annotation file of its own.</summary>
public enum MtflSplit
{
    /// <summary><c>training.txt</c>: 10,000 faces in the official archive.</summary>
    Training,

    /// <summary><c>testing.txt</c>: 2,995 faces in the official archive.</summary>
    Testing,
}
