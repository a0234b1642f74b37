using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>The loaded examples of a run.</summary>
public abstract class Dataset
{
    /// <summary>What to learn from; a run sets its validation examples aside from these. They vary where they are filled with a seed.</summary>
    public abstract ILabelledData Training { get; }

    /// <summary>What the trained network is measured on; null if there is none.</summary>
    public virtual ILabelledData? Test => null;

    /// <summary>A short hash of all examples and labels: two runs with the same one saw the same.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>What a user should know of how they were read, a sentence each.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>What makes results on them doubtful, a sentence each.</summary>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>Writes what a report will want of the test examples, such as pictures to show.</summary>
    /// <param name="folder">The study's folder.</param>
    public virtual void SaveTest(string folder)
    {
    }

    /// <summary>Writes which examples were trained on, so that nobody measures on them by mistake.</summary>
    /// <param name="folder">The run's folder.</param>
    public virtual void SaveTraining(string folder)
    {
    }
}
