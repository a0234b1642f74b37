using CrossStitch.Sharing;

namespace CrossStitch.Training;

/// <summary>
/// Something that accompanies training: it acts after every step, and what it keeps is saved in the checkpoint in a section
/// of its own, so that training that goes on ends as one without a break.
/// </summary>
/// <param name="name">Names it, and its section in the checkpoint; unique among the extensions of a training.</param>
public abstract class TrainingExtension(string name)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Called once, before the first step or before <see cref="Load"/>.</summary>
    /// <param name="network">The network that is trained.</param>
    public virtual void Begin(Network network)
    {
    }

    /// <summary>Called after every step.</summary>
    /// <param name="network">The network, with the parameters after the step.</param>
    /// <param name="steps">Steps taken in all epochs.</param>
    public virtual void AfterStep(Network network, long steps)
    {
    }

    /// <summary>Called before the network is measured: it may lend it other parameters.</summary>
    /// <param name="network">The network.</param>
    public virtual void BeforeMeasuring(Network network)
    {
    }

    /// <summary>Called after the network was measured: it gives the network its own parameters back.</summary>
    /// <param name="network">The network.</param>
    public virtual void AfterMeasuring(Network network)
    {
    }

    /// <summary>Writes what the next steps depend on.</summary>
    /// <param name="writer">Where to.</param>
    public virtual void Save(BinaryWriter writer)
    {
    }

    /// <summary>Reads what <see cref="Save"/> wrote, all of it.</summary>
    /// <param name="reader">Where from; bytes that are left, or missing, are of another training.</param>
    /// <exception cref="FormatException">It holds what no training leaves.</exception>
    public virtual void Load(BinaryReader reader)
    {
    }
}
