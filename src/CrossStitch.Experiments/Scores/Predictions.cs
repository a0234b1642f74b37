using CrossStitch.Experiments.Data;
using CrossStitch.Kernels.Models;
using CrossStitch.Tasks;

namespace CrossStitch.Experiments.Scores;

/// <summary>What a network predicts for examples, as a run keeps it: of classification tasks the likeliest class, of others the outputs.</summary>
/// <param name="Tasks">By task name: a class an example, or [examples × outputs].</param>
public sealed record Predictions(IReadOnlyDictionary<string, float[]> Tasks)
{
    /// <summary>Decodes outputs.</summary>
    /// <param name="outputs">By task name: [examples × outputs].</param>
    /// <param name="tasks">The tasks of the data.</param>
    public static Predictions Of(IReadOnlyDictionary<string, float[]> outputs, IReadOnlyList<LearningTask> tasks) => new(tasks
        .Where(task => outputs.ContainsKey(task.Name))
        .ToDictionary(task => task.Name, task => task.ExportKind == HeadKind.Classification ? Classes(outputs[task.Name], task.Outputs) : outputs[task.Name]));

    /// <summary>Outputs that decode to these predictions: of a class, a one where it is.</summary>
    /// <param name="tasks">The tasks of the data.</param>
    /// <param name="examples">How many examples there are.</param>
    /// <returns>By task name: [examples × outputs]; null if they are of other tasks, or of more or fewer examples.</returns>
    public IReadOnlyDictionary<string, float[]>? Outputs(IReadOnlyList<LearningTask> tasks, int examples)
    {
        var outputs = new Dictionary<string, float[]>();
        foreach (var (name, numbers) in Tasks)
        {
            var task = tasks.FirstOrDefault(task => task.Name == name);
            if (task is { ExportKind: HeadKind.Classification } && numbers.Length == examples && numbers.All(number => number >= 0 && number < task.Outputs && float.IsInteger(number)))
            {
                var hot = outputs[name] = new float[examples * task.Outputs];
                for (var i = 0; i < examples; i++)
                {
                    hot[(i * task.Outputs) + (int)numbers[i]] = 1;
                }
            }
            else if (task is not null && task.ExportKind != HeadKind.Classification && numbers.Length == (long)examples * task.Outputs && numbers.All(float.IsFinite))
            {
                outputs[name] = numbers;
            }
            else
            {
                return null;
            }
        }

        return outputs;
    }

    /// <summary>Counts by true and predicted class, of every classification task.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<int>>> Confusion(TestExamples examples)
    {
        var tables = new Dictionary<string, IReadOnlyList<IReadOnlyList<int>>>();
        foreach (var grouping in examples.Groupings)
        {
            if (Tasks.TryGetValue(grouping.Name, out var predicted) && predicted.Length == examples.Count)
            {
                var counts = grouping.Groups.Select(_ => new int[grouping.Groups.Count]).ToArray();
                for (var i = 0; i < predicted.Length; i++)
                {
                    if (grouping.GroupOf[i] >= 0)
                    {
                        counts[grouping.GroupOf[i]][(int)predicted[i]]++;
                    }
                }

                tables[grouping.Name] = counts;
            }
        }

        return tables;
    }

    private static float[] Classes(float[] logits, int classes) =>
        [.. Enumerable.Range(0, logits.Length / classes).Select(example => (float)ClassificationTask.LikeliestClass(logits.AsSpan(example * classes, classes)))];
}
