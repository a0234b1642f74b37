using CrossStitch.Experiments.Data;

namespace CrossStitch.Experiments.Scores;

/// <summary>What was predicted for one example, and what is true.</summary>
public readonly ref struct ExampleResult
{
    private readonly IReadOnlyDictionary<string, float[]> _outputs;
    private readonly ExampleLabels _labels;
    private readonly int _example;

    internal ExampleResult(IReadOnlyDictionary<string, float[]> outputs, ExampleLabels labels, int example) => (_outputs, _labels, _example) = (outputs, labels, example);

    /// <summary>How large one unit of the outputs and labels is, in the unit of the measures; see <see cref="IDescribedData.UnitOf"/>.</summary>
    public double Unit => _labels.UnitOf(_example);

    /// <summary>What the network gives for a task: [outputs].</summary>
    /// <param name="task">The task's name.</param>
    public ReadOnlySpan<float> Output(string task) => _outputs[task] is var numbers && numbers.Length / _labels.Examples.Count is var width
        ? numbers.AsSpan(_example * width, width)
        : [];

    /// <summary>The label of a task: [label width].</summary>
    /// <param name="task">The task's name.</param>
    public ReadOnlySpan<float> Label(string task) => _labels[task, _example];
}
