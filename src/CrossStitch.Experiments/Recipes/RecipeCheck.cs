using CrossStitch.Experiments.Catalogs;
using CrossStitch.Tasks;

namespace CrossStitch.Experiments.Recipes;

/// <summary>Checks recipes before anything is done.</summary>
public static class RecipeCheck
{
    /// <summary>Checks every name and amount.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="catalog">What it may name.</param>
    /// <exception cref="CrossStitchException">One is unknown or out of its range; the message and <see cref="CrossStitchException.Setting"/> name it.</exception>
    public static void Validate(this Recipe recipe, Catalog catalog)
    {
        Require(recipe.Version == Recipe.CurrentVersion, "version", $"A recipe of version {recipe.Version}; this program reads version {Recipe.CurrentVersion}.");
        Require(recipe.Groups.Select(group => group.Name).Distinct().Count() == recipe.Groups.Count, "groups", "Two groups of tasks have one name; give each its own.");
        Inside("training", recipe.Training.Validate);
        Inside("data", recipe.Data.Validate);
        Named("network", () => _ = catalog.Networks[recipe.Network]);
        Named("engine", () => _ = recipe.Engine == Catalog.AnyEngine ? null : catalog.Engines[recipe.Engine]);
        Require(recipe.Groups.Count > 0 && recipe.Groups.All(group => group.Tasks.Count > 0), "groups", "A recipe needs at least one group of tasks, and each group at least one task.");
        var input = recipe.Data.Backbone().Input;
        Require(recipe.Backbone is null || recipe.Backbone.Input.SequenceEqual(input), "backbone.input", $"The backbone takes examples of [{string.Join(", ", recipe.Backbone?.Input ?? [])}], and those of this data are [{string.Join(", ", input)}].");
        var known = recipe.Data.Tasks().Select(task => task.Name).ToList();
        foreach (var (task, weight) in recipe.Tasks())
        {
            Require(known.Contains(task), $"groups.{task}", $"'{task}' is not a task of this data; there are {string.Join(", ", known)}.{NearestName.Question(task, known)}");
            Require(weight is >= 0 and <= Recipe.MostWeight, $"groups.{task}", $"The weight λ of {task} is {weight}; it must be from 0 to {Recipe.MostWeight}.");
        }

        foreach (var (task, delta) in recipe.Huber ?? new Dictionary<string, double>())
        {
            Require(recipe.Data.Tasks().Any(one => one.Name == task && one is RegressionTask), $"huber.{task}", $"'{task}' is no regression task of this data, and so has no Huber loss; leave it out.");
            Require(delta is > 0 and <= Recipe.MostWeight, $"huber.{task}", $"δ of the Huber loss of {task} is {delta}; it must be above 0 and at most {Recipe.MostWeight}. Leave it out for the squared error.");
        }

        foreach (var (task, strength) in recipe.Balanced ?? new Dictionary<string, double>())
        {
            Require(recipe.Data.Tasks().Any(one => one.Name == task && one is ClassificationTask), $"balanced.{task}", $"'{task}' is no classification task of this data, and so has no classes to balance; leave it out.");
            Require(strength is > 0 and <= ClassBalance.MostStrength, $"balanced.{task}", $"The strength τ by which the classes of {task} are balanced is {strength}; it must be above 0 and at most {ClassBalance.MostStrength}. Leave it out for none.");
        }

        Require(recipe.Tasks().Select(task => task.Task).Distinct().Count() == recipe.Tasks().Count, "groups", "A task is named twice.");
        Require(recipe.ValidationShare is >= 0 and < 1, "validationShare", $"The share of training examples set aside for validation is {recipe.ValidationShare}; it must be at least 0 and below 1.");
        foreach (var (task, share) in recipe.Labels ?? new Dictionary<string, double>())
        {
            Require(known.Contains(task), $"labels.{task}", $"'{task}' is not a task of this data; there are {string.Join(", ", known)}.{NearestName.Question(task, known)}");
            Require(share is > 0 and <= 1, $"labels.{task}", $"The share of training examples that keep their label of {task} is {share}; it must be above 0 and at most 1.");
        }

        Require(recipe.Member is null or >= 2, "member", $"The member of the ensemble is {recipe.Member}; it must be at least 2, or left out for the first.");
        Require(recipe.Relation.Weight is >= 0 and <= Recipe.MostWeight, "relation.weight", $"The weight λ_w of the relation is {recipe.Relation.Weight}; it must be from 0 to {Recipe.MostWeight}.");
        Start(recipe.Relation.Scale, "relation.scale", "a");
        Start(recipe.Relation.Shift, "relation.shift", "b");
        Start(recipe.Stitches.Same, "stitches.same", "α_S");
        Start(recipe.Stitches.Other, "stitches.other", "α_D");
        Require(recipe.Threads is >= 0 and <= Recipe.MostThreads, "threads", $"The number of threads is {recipe.Threads}; it must be from 1 to {Recipe.MostThreads}, or 0 for all cores.");
    }

    private static void Start(double value, string setting, string what) =>
        Require(Math.Abs(value) <= Recipe.MostStart, setting, $"The first value of {what} is {value}; it must be from -{Recipe.MostStart} to {Recipe.MostStart}.");

    private static void Inside(string setting, Action check)
    {
        try
        {
            check();
        }
        catch (CrossStitchException error) when (error.Setting is { } inner)
        {
            throw new CrossStitchException(error.Message, error) { Setting = $"{setting}.{inner}" };
        }
    }

    private static void Named(string setting, Action check)
    {
        try
        {
            check();
        }
        catch (CrossStitchException error)
        {
            throw new CrossStitchException(error.Message, error) { Setting = setting };
        }
    }

    private static void Require(bool holds, string setting, string message)
    {
        if (!holds)
        {
            throw new CrossStitchException(message) { Setting = setting };
        }
    }
}
