using System.Globalization;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Which share of the training examples keeps the labels of a task, as a user writes it.</summary>
public static class LabelShares
{
    /// <summary>What stands for all tasks but the main one.</summary>
    public const string Auxiliary = "auxiliary";

    /// <summary>Reads shares: a number for the main task, or numbers by task such as <c>landmarks=0.1,auxiliary=0.5</c>.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="tasks">The tasks of the data, the main one first.</param>
    /// <returns>For <see cref="Recipe.Labels"/>; null where all keep all.</returns>
    /// <exception cref="CrossStitchException">It is no share, or of no known task.</exception>
    public static IReadOnlyDictionary<string, double>? Parse(string text, IReadOnlyList<string> tasks)
    {
        var shares = new OrderedDictionary<string, double>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (name, number) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (tasks[0], part);
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || share is not (> 0 and <= 1))
            {
                throw new CrossStitchException($"'{ShownPart(part)}' is no share of the training examples: write a number above 0 and at most 1, such as 0.1, or numbers by task, such as {tasks[0]}=0.1,{Auxiliary}=0.5.") { Setting = "labels" };
            }

            var named = name.Equals(Auxiliary, StringComparison.OrdinalIgnoreCase) ? tasks.Skip(1) : tasks.Where(task => task.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(1);
            if (!named.Any())
            {
                throw new CrossStitchException($"'{ShownPart(name)}' is not a task of this data; there are {string.Join(", ", tasks)}, and {Auxiliary} for all but the first.{NearestName.Question(name, [.. tasks, Auxiliary])}") { Setting = "labels" };
            }

            foreach (var task in named)
            {
                shares[task] = share;
            }
        }

        return shares.Values.All(share => share == 1) ? null : shares;
    }

    private static string ShownPart(string text) => Reports.ShownText.Of(text, 60);
}
