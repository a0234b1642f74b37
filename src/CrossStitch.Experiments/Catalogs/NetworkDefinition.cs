using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Sharing;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Catalogs;

/// <summary>
/// A way to share, as recipes, tables and figures know it. Derive from this, add the member to a <see cref="Catalog"/>, and
/// every command and report knows it too.
/// </summary>
/// <param name="name">Its name in recipes and in the names of variants.</param>
/// <param name="color">Its colour in figures.</param>
public abstract class NetworkDefinition(string name, FigureColor color) : ICatalogMember
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>Its colour in figures.</summary>
    public FigureColor Color { get; } = color;

    /// <summary>Its name in a text.</summary>
    public virtual string Title => Name.Replace('-', ' ');

    /// <summary>Whether it learns auxiliary tasks beside the main one; a baseline does not.</summary>
    public virtual bool LearnsAuxiliary => true;

    /// <summary>Whether <see cref="Recipe.Stitches"/> says how its towers mix.</summary>
    public virtual bool HasStitches => false;

    /// <summary>Whether <see cref="Recipe.Relation"/> says how its weights are tied.</summary>
    public virtual bool HasRelation => false;

    /// <summary>About how long an epoch takes, as a multiple of a network of one tower.</summary>
    /// <param name="groups">How many groups of tasks it has.</param>
    public virtual double Cost(int groups) => groups;

    /// <summary>
    /// Which tasks share a tower, where a recipe does not say so itself: one tower for the main task and one for all others,
    /// as in the paper.
    /// </summary>
    /// <param name="tasks">The tasks with their weights; the first is the main one.</param>
    public virtual IReadOnlyList<TaskGroupRecipe> Arrange(IReadOnlyList<TaskWeight> tasks) => tasks.Count == 1
        ? [TaskGroupRecipe.Of(tasks[0].Task, tasks)]
        : [TaskGroupRecipe.Of(tasks[0].Task, tasks.Take(1)), TaskGroupRecipe.Of("auxiliary", tasks.Skip(1))];

    /// <summary>Describes the network.</summary>
    /// <param name="backbone">What each tower is made of.</param>
    /// <param name="groups">The tasks, a group a tower.</param>
    /// <param name="recipe">The rest of the recipe, such as the options of its stitches.</param>
    /// <exception cref="CrossStitchException">Such a network cannot be.</exception>
    public abstract NetworkDescription Describe(TowerShape backbone, IReadOnlyList<TaskGroup> groups, Recipe recipe);
}
