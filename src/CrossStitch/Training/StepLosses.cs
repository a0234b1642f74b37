using CrossStitch.Engines;

namespace CrossStitch.Training;

/// <summary>The losses of one step; <see cref="NetworkEngine.Learn(Batch, StepLosses)"/> fills it again at every one.</summary>
/// <param name="tasks">How many tasks the network has.</param>
public sealed class StepLosses(int tasks)
{
    private readonly double[] _tasks = new double[tasks];

    /// <summary>Each task's loss, unweighted: the mean over the examples that have a label (eq. 2), 0 where none has.</summary>
    public Span<double> Tasks => _tasks;

    /// <summary>The penalty of the weight relation (eq. 5); 0 without one.</summary>
    public double Penalty { get; set; }

    /// <summary>The joint loss (eq. 1 and 5): the sum of the tasks' losses, each by its weight, and of the penalty.</summary>
    public double Joint { get; internal set; }
}
