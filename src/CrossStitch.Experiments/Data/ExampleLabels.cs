using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>What is known of examples: the labels of tasks, and the groups that follow from them.</summary>
public sealed class ExampleLabels
{
    private const int BatchSize = 256;

    private readonly Dictionary<string, float[]> _labels;

    private readonly ILabelledData _data;

    private ExampleLabels(Dictionary<string, float[]> labels, ILabelledData data, TestExamples examples) => (_labels, _data, Examples) = (labels, data, examples);

    /// <summary>Their names and groups.</summary>
    public TestExamples Examples { get; }

    /// <summary>The tasks whose labels are there.</summary>
    public required IReadOnlyList<LearningTask> Tasks { get; init; }

    /// <summary>Reads the labels out of data.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="tasks">The tasks whose labels are asked for.</param>
    /// <param name="shape">The tower that takes the examples.</param>
    public static ExampleLabels Of(ILabelledData data, IReadOnlyList<LearningTask> tasks, TowerShape shape)
    {
        var batch = new Batch(new NetworkDescription("labels", shape, [new TaskGroup("all", tasks)]), Math.Clamp(data.Count, 1, BatchSize));
        var labels = tasks.ToDictionary(task => task.Name, task => new float[checked(data.Count * task.LabelWidth)]);
        var indices = Enumerable.Range(0, data.Count).ToArray();
        for (var first = 0; first < data.Count; first += BatchSize)
        {
            batch.Count = Math.Min(BatchSize, data.Count - first);
            data.Fill(batch, indices.AsSpan(first, batch.Count), augmentationSeed: null);
            foreach (var task in tasks)
            {
                batch.Labels(task.Name).CopyTo(labels[task.Name].AsSpan(first * task.LabelWidth));
            }
        }

        return new ExampleLabels(labels, data, TestExamples.Of(data, tasks, labels)) { Tasks = tasks };
    }

    /// <summary>How large one unit of an example's outputs and labels is, in the unit of the measures.</summary>
    /// <param name="example">Which example, from 0.</param>
    public double UnitOf(int example) => (_data as IDescribedData)?.UnitOf(example) ?? 1;

    /// <summary>The label of an example: [label width].</summary>
    /// <param name="task">The task's name.</param>
    /// <param name="example">Which example, from 0.</param>
    public ReadOnlySpan<float> this[string task, int example] =>
        _labels[task] is var labels && Examples.Count is > 0 and var count ? labels.AsSpan(example * (labels.Length / count), labels.Length / count) : [];
}
