using CrossStitch.Experiments.Recipes;
using CrossStitch.Kernels;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Data;

/// <summary>
/// Training examples of which only some keep the labels of a task, as <see cref="Recipe.Labels"/> says. The examples, those set
/// aside left out, have one random order, which follows from the seed; a task keeps the labels of the first of them. So those
/// of a smaller share are among those of a larger one, of any task.
/// </summary>
/// <remarks>
/// <para>
/// An epoch has as many steps as if all had labels, so that networks which know few labels learn as long as others. Every batch
/// is drawn anew, without repeats. An example without a label of any task that is learned (one with λ above 0) is never drawn:
/// it would teach nothing.
/// </para>
/// <para>
/// A loss is the mean over the examples of a batch that have a label. Were few labels spread as thinly over batches as over the
/// examples, that mean would be one of two or three, and its gradient mostly chance. So at least half of every batch are
/// examples that have the labels of all tasks that are learned.
/// </para>
/// </remarks>
internal sealed class PartlyLabelled : ILabelledData
{
    private readonly ILabelledData _data;
    private readonly int[] _order;
    private readonly (LearningTask Task, int Kept)[] _tasks;
    private readonly int _wholly;
    private readonly int _useful;

    private PartlyLabelled(ILabelledData data, int[] order, (LearningTask Task, int Kept)[] tasks, IReadOnlyCollection<int> learned)
    {
        (_data, _order, _tasks) = (data, order, tasks);
        (_wholly, _useful) = (learned.Min(), learned.Max());
    }

    /// <inheritdoc/>
    public int Count => _order.Length;

    /// <summary>How many of a number of examples keep their label: the share of them, rounded, and at least one.</summary>
    /// <param name="examples">How many there are.</param>
    /// <param name="share">The share that keeps it.</param>
    public static int Kept(int examples, double share) => Math.Clamp((int)Math.Round(examples * share), Math.Min(1, examples), examples);

    /// <summary>The training examples of a recipe.</summary>
    /// <param name="data">All examples.</param>
    /// <param name="order">Those to train on, in their random order.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="network">Its network.</param>
    /// <exception cref="CrossStitchException">A task that is to lose labels cannot say that an example has none.</exception>
    public static ILabelledData Of(ILabelledData data, int[] order, Recipe recipe, NetworkDescription network)
    {
        var shares = recipe.Labels ?? new Dictionary<string, double>();
        var tasks = network.Tasks.Select(task => (Task: task, Kept: Kept(order.Length, shares.GetValueOrDefault(task.Name, 1)))).ToArray();
        if (tasks.All(task => task.Kept == order.Length))
        {
            return new SubsetData(data, order);
        }

        foreach (var (task, _) in tasks.Where(task => task.Kept < order.Length))
        {
            RequireMissing(task);
        }

        // Another weighting than λ itself may raise a weight that begins at 0.
        var learned = tasks.Where(task => task.Task.Weight > 0 || recipe.Weighting is not FixedWeightingRecipe).Select(task => task.Kept).ToList();
        return new PartlyLabelled(data, order, tasks, learned.Count > 0 ? learned : [order.Length]);
    }

    /// <inheritdoc/>
    public void Fill(Batch batch, ReadOnlySpan<int> places, long? augmentationSeed)
    {
        // Without a seed nothing is drawn: the examples as they are.
        var chosen = augmentationSeed is { } seed && places.Length > 0 ? Draw(places.Length, seed, places[0]) : places.ToArray();
        var known = chosen.Select(place => _order[place]).ToArray();

        // An example is varied by the seed and its number, so every batch has a seed of its own.
        _data.Fill(batch, known, augmentationSeed is { } epoch && places.Length > 0 ? Mix(epoch, places[0]) : null);
        foreach (var (task, kept) in _tasks)
        {
            for (var i = 0; i < chosen.Length; i++)
            {
                if (chosen[i] >= kept)
                {
                    batch.Label(task.Name, i).Fill(task.MissingNumber);
                }
            }
        }
    }

    /// <summary>The places of a batch: the trainer gives every place to one batch of an epoch, so the first names the batch.</summary>
    private int[] Draw(int count, long seed, int first)
    {
        var random = new SeededRandom(unchecked((ulong)seed), (ulong)first);
        var whole = (int)Math.Ceiling(count * Math.Max(0.5, (double)_wholly / _useful));
        return _wholly == _useful
            ? Draw(0, _useful, count, random)
            : [.. Draw(0, _wholly, whole, random), .. Draw(_wholly, _useful, count - whole, random)];
    }

    /// <summary>Draws places from a range without repeats; where it has too few, all of them again and again.</summary>
    private static int[] Draw(int from, int to, int count, SeededRandom random)
    {
        var (drawn, places) = (new int[count], Enumerable.Range(from, to - from).ToArray());
        for (var i = 0; i < count; i++)
        {
            var (here, there) = (i % places.Length, random.Next(i % places.Length, places.Length));
            (places[here], places[there]) = (places[there], places[here]);
            drawn[i] = places[here];
        }

        return drawn;
    }

    private static long Mix(long seed, int first) => unchecked((long)new SeededRandom((ulong)seed, (ulong)first, 1).NextBits());

    private static void RequireMissing(LearningTask task)
    {
        var label = new float[task.LabelWidth];
        Array.Fill(label, task.MissingNumber);
        if (task.HasLabel(label))
        {
            throw new CrossStitchException($"Task '{task.Name}' takes {task.MissingNumber} for a label, so none can be left out; have it say with {nameof(LearningTask.MissingNumber)} and {nameof(LearningTask.HasLabel)} what a missing one is.") { Setting = "labels" };
        }
    }
}
