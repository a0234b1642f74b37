using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>Examples with names, and groups that results are broken down by.</summary>
public interface IDescribedData : ILabelledData
{
    /// <summary>What an example is called, such as the path of its picture.</summary>
    /// <param name="index">Which, from 0.</param>
    string NameOf(int index);

    /// <summary>Groups beside the true classes of the tasks, which need not be named here.</summary>
    IReadOnlyList<Grouping> Groupings { get; }

    /// <summary>
    /// How large one unit of an example's outputs and labels is, in the unit of the measures: 1, unless examples are seen at
    /// scales of their own.
    /// </summary>
    /// <param name="index">Which, from 0.</param>
    double UnitOf(int index) => 1;
}
