using System.Globalization;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Which classification tasks are to predict rare classes as readily as frequent ones, as a user writes it and as tasks learn it.</summary>
public static class ClassBalance
{
    /// <summary>What stands for no task.</summary>
    public const string None = "none";

    /// <summary>The highest strength τ that can be asked for.</summary>
    public const double MostStrength = 10;

    private const int BatchSize = 256;

    /// <summary>Reads tasks, each with the strength τ of 1 or with another, such as <c>pose,gender=0.5</c>.</summary>
    /// <param name="text">What the user wrote; <see cref="None"/> for no task.</param>
    /// <param name="tasks">The tasks of the data.</param>
    /// <returns>For <see cref="Recipe.Balanced"/>; null for none.</returns>
    /// <exception cref="CrossStitchException">It is no strength, or of no known classification task.</exception>
    public static IReadOnlyDictionary<string, double>? Parse(string text, IReadOnlyList<LearningTask> tasks)
    {
        if (text.Trim().Equals(None, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var known = tasks.OfType<ClassificationTask>().Select(task => task.Name).ToList();
        var strengths = new OrderedDictionary<string, double>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (name, number) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (part, "1");
            var task = known.Find(task => task.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (task is null)
            {
                throw Wrong($"'{ShownPart(name)}' is no task of this data with classes to balance; there are {string.Join(", ", known)}, and {None} for no task.{NearestName.Question(name, [.. known, None])}");
            }

            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var strength) || strength is not (> 0 and <= MostStrength))
            {
                throw Wrong($"'{ShownPart(part)}' does not say how much to balance {task}: write {task} alone, or a number above 0 and at most {MostStrength}, such as {task}=0.5.");
            }

            strengths[task] = strength;
        }

        return strengths;
    }

    /// <summary>
    /// The offsets of the logits: τ ln(share of the class among the examples that have a label). A class that none has counts as
    /// if one had it: there is nothing to learn of it, and its logarithm would be infinite.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="examples">The training examples.</param>
    /// <returns>By name of each balanced task that the recipe learns: [classes].</returns>
    internal static IReadOnlyDictionary<string, double[]> Offsets(Recipe recipe, ILabelledData examples)
    {
        var strengths = recipe.Balanced ?? new Dictionary<string, double>();
        var learned = recipe.Tasks().Select(task => task.Task).ToHashSet();
        ClassificationTask[] tasks = [.. recipe.Data.Tasks().OfType<ClassificationTask>().Where(task => strengths.ContainsKey(task.Name) && learned.Contains(task.Name))];
        return tasks.Length == 0
            ? new Dictionary<string, double[]>()
            : Counts(recipe, examples, tasks).ToDictionary(task => task.Key, task => Array.ConvertAll(task.Value, count => strengths[task.Key] * Math.Log(Math.Max(1, count) / Math.Max(1.0, task.Value.Sum()))));
    }

    private static Dictionary<string, int[]> Counts(Recipe recipe, ILabelledData examples, ClassificationTask[] tasks)
    {
        var counts = tasks.ToDictionary(task => task.Name, task => new int[task.Classes]);
        var batch = new Batch(new NetworkDescription("labels", recipe.Backbone ?? recipe.Data.Backbone(), [new TaskGroup("all", recipe.Data.Tasks())]), Math.Clamp(examples.Count, 1, BatchSize));
        var places = Enumerable.Range(0, examples.Count).ToArray();
        for (var first = 0; first < examples.Count; first += BatchSize)
        {
            batch.Count = Math.Min(BatchSize, examples.Count - first);
            examples.Fill(batch, places.AsSpan(first, batch.Count), augmentationSeed: null);
            foreach (var task in tasks)
            {
                foreach (var label in batch.Labels(task.Name))
                {
                    if (task.HasLabel([label]))
                    {
                        counts[task.Name][(int)label]++;
                    }
                }
            }
        }

        return counts;
    }

    private static CrossStitchException Wrong(string message) => new(message) { Setting = "balanced" };

    private static string ShownPart(string text) => Reports.ShownText.Of(text, 60);
}
