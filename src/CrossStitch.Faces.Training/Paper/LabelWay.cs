using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>A way to learn from few labels, which <see cref="LabelStudy"/> tries at every share of them.</summary>
/// <param name="Title">What figures call it.</param>
/// <param name="Network">Its network.</param>
/// <param name="Change">What is different in it from the network as it is, for its name; empty for nothing.</param>
internal sealed record LabelWay(string Title, string Network, string Change = "")
{
    /// <summary>Makes the difference.</summary>
    public Func<Recipe, Recipe> Alter { get; init; } = recipe => recipe;

    /// <summary>The ways whose predictions it averages; none where it is trained itself.</summary>
    public IReadOnlyList<LabelWay> Averages { get; init; } = [];

    /// <summary>The same without what is asked about: the attributes' labels, or the landmarks'. Null where it has none of them.</summary>
    public LabelWay? Without { get; init; }

    /// <summary>Its colour in figures.</summary>
    public FigureColor? Color { get; init; }

    /// <summary>Its variant with few labels.</summary>
    /// <param name="recipe">The base recipe.</param>
    /// <param name="catalog">What it names.</param>
    /// <param name="tasks">The tasks of which few are labelled.</param>
    /// <param name="share">Which share of the training faces has them.</param>
    public Variant Of(Recipe recipe, Catalog catalog, IReadOnlyList<string> tasks, double share)
    {
        var labels = share < 1 ? FormattableString.Invariant($"labels-{100 * share:0.###}") : "";
        var name = string.Join('-', new[] { Change, labels }.Where(part => part.Length > 0));
        var plain = Variant.Of(recipe, catalog.Networks[Network], recipe.Auxiliary());
        if (name.Length == 0)
        {
            return plain;
        }

        var changed = plain.With(name, recipe, catalog, one => share < 1 ? Fewer(Alter(one), tasks, share) : Alter(one));
        return Averages.Count == 0 ? changed : changed with { Averages = [.. Averages.Select(way => way.Of(recipe, catalog, tasks, share).Name)], Settings = null };
    }

    /// <summary>
    /// The same with few labels. Half of each batch is labelled wholly where other faces teach something too, so batches are then
    /// twice as large, and epochs twice as many: all networks take as many steps with as many wholly labelled faces in each.
    /// </summary>
    private static Recipe Fewer(Recipe recipe, IReadOnlyList<string> tasks, double share)
    {
        var few = recipe with { Labels = tasks.ToDictionary(task => task, _ => share) };
        var learned = recipe.Tasks().Where(task => task.Weight > 0).Select(task => tasks.Contains(task.Task)).Distinct().Count();
        return learned < 2 ? few : few with { Training = few.Training with { BatchSize = 2 * few.Training.BatchSize, Epochs = 2 * few.Training.Epochs } };
    }
}
