using System.CommandLine;
using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Training;

namespace CrossStitch.Cli.Options;

/// <summary>The options that say how networks are trained; their defaults are the recipe's.</summary>
internal sealed class TrainingOptionSet
{
    private static readonly Recipe Defaults = Recipe.For(new DrawnData());

    private readonly Catalog _catalog;
    private readonly int _drawnEpochs;
    private readonly int _defaultThreads;
    private readonly List<RecipeOption> _options;

    /// <summary>Makes the options.</summary>
    /// <param name="catalog">What recipes name.</param>
    /// <param name="drawnEpochs">Default of the epochs on drawn faces: they are few, so more passes than over real ones end as soon.</param>
    /// <param name="defaultThreads">Default of the threads; 0 for all cores.</param>
    public TrainingOptionSet(Catalog catalog, int drawnEpochs = 40, int defaultThreads = 0)
    {
        _catalog = catalog;
        _drawnEpochs = drawnEpochs;
        _defaultThreads = defaultThreads;
        (string What, Func<NetworkDefinition, bool> Has) attributes = ("learn attributes", network => network.LearnsAuxiliary);
        (string What, Func<NetworkDefinition, bool> Has) stitches = ("have cross-stitch units", network => network.HasStitches);
        (string What, Func<NetworkDefinition, bool> Has) relation = ("have related weights", network => network.HasRelation);
        _options =
        [
            RecipeOption.Of(
                EnumOption.OfNames("--preset", $"Settings found together, which the other options change: {string.Join("; ", FacePreset.All.Select(preset => $"{preset.Name}, {preset.Description}"))}.", FacePreset.Quick.Name, [.. FacePreset.All.Select(preset => preset.Name)]),
                Preset),
            RecipeOption.Of(FirstLook, WithFirstLook),
            RecipeOption.Of(
                NumberOption.Optional("--epochs", "n", $"Passes over the training faces. [default: {Defaults.Training.Epochs}; {drawnEpochs} on drawn faces]", 1, TrainingOptions.MostEpochs),
                (recipe, value) => recipe with { Training = recipe.Training with { Epochs = value!.Value } }),
            RecipeOption.Of(
                NumberOption.Whole("--batch-size", "n", "Faces a step.", Defaults.Training.BatchSize, 1, int.MaxValue),
                (recipe, value) => recipe with { Training = recipe.Training with { BatchSize = value } }),
            RecipeOption.Named<OptimizerKind>(
                EnumOption.Create("--optimizer", "How gradients become steps.", Defaults.Training.Optimizer),
                (recipe, value) => recipe with { Training = recipe.Training with { Optimizer = value } }),
            RecipeOption.Of(
                NumberOption.Real("--learning-rate", "x", "The highest learning rate.", Defaults.Training.LearningRate, 0, TrainingOptions.MostRate),
                (recipe, value) => recipe with { Training = recipe.Training with { LearningRate = value } }),
            RecipeOption.Named<ScheduleKind>(
                EnumOption.Create("--schedule", "How the learning rate moves.", Defaults.Training.Schedule.Kind),
                (recipe, value) => recipe with { Training = recipe.Training with { Schedule = recipe.Training.Schedule with { Kind = value } } }),
            RecipeOption.Of(
                NumberOption.Real("--weight-decay", "x", "L2 decay of weights.", Defaults.Training.WeightDecay, 0, TrainingOptions.MostRate),
                (recipe, value) => recipe with { Training = recipe.Training with { WeightDecay = value } }),
            RecipeOption.Of(
                NumberOption.Real("--gradient-clip", "x", "Largest norm of the gradient; 0: no limit.", Defaults.Training.GradientClip, 0, double.MaxValue),
                (recipe, value) => recipe with { Training = recipe.Training with { GradientClip = value } }),
            RecipeOption.Of(
                NumberOption.Real("--average", "d", "Measure and keep a moving average of the weights, of which d stays at each step, such as 0.99; 0: no average.", Defaults.Training.AverageDecay, 0, 0.999999),
                (recipe, value) => recipe with { Training = recipe.Training with { AverageDecay = value } }),
            RecipeOption.Of(
                NumberOption.Whole("--patience", "epochs", "Stop after so many epochs without a better validation loss; 0: never.", Defaults.Training.Patience, 0, TrainingOptions.MostEpochs),
                (recipe, value) => recipe with { Training = recipe.Training with { Patience = value } }),
            RecipeOption.Of(
                NumberOption.Real("--validation", "share", "Share of the training faces set aside for validation.", Defaults.ValidationShare, 0, 0.999),
                (recipe, value) => recipe with { ValidationShare = value }),
            RecipeOption.Of(
                PathOption.Create("--labels", "shares", "Which share of the training faces keeps its labels, such as 0.1 of landmarks; or by task: landmarks=0.1,pose=0.5; auxiliary stands for all attributes. [default: all keep all]"),
                (recipe, value) => recipe with { Labels = LabelShares.Parse(value!, [.. recipe.Data.Tasks().Select(task => task.Name)]) }),
            RecipeOption.Of(
                NumberOption.Real("--auxiliary-weight", "x", "λ of every auxiliary task, over the landmarks' 1; a preset has its own, such as 0.00015.", FaceTasks.AttributeWeight, 0, Recipe.MostWeight),
                (recipe, value) => recipe.WithAuxiliaryWeight(value),
                attributes),
            RecipeOption.Of(
                PathOption.Create("--balance", "attributes", $"Attributes whose rare classes are to be predicted as readily as frequent ones, such as pose, or how much so: pose=0.5,gender; {ClassBalance.None} for no attribute. [default: {ClassBalance.None}; pose,gender with the presets paper, first-look and best]"),
                (recipe, value) => recipe with { Balanced = ClassBalance.Parse(value!, recipe.Data.Tasks()) },
                attributes),
            RecipeOption.Of(
                NumberOption.Real("--relation-weight", "x", "λ_w of the weight relation.", Defaults.Relation.Weight, 0, Recipe.MostWeight),
                (recipe, value) => recipe with { Relation = recipe.Relation with { Weight = value } },
                relation),
            RecipeOption.Of(
                EnumOption.OfNames("--penalty", "The weight relation's penalty (section 3.3).", Defaults.Relation.Penalty.Name, [.. catalog.Penalties.Select(penalty => penalty.Name)]),
                (recipe, value) => recipe with { Relation = recipe.Relation with { Penalty = catalog.Penalties.First(penalty => penalty.Name == value) } },
                relation),
            RecipeOption.Of(
                NumberOption.Real("--stitch-rate", "x", "Factor on the learning rate of α.", Defaults.Training.StitchRate, 0, TrainingOptions.MostFactor),
                (recipe, value) => recipe with { Training = recipe.Training with { StitchRate = value } },
                stitches),
            RecipeOption.Of(
                NumberOption.Real("--relation-rate", "x", "Factor on the learning rate of a and b.", Defaults.Training.RelationRate, 0, TrainingOptions.MostFactor),
                (recipe, value) => recipe with { Training = recipe.Training with { RelationRate = value } },
                relation),
            RecipeOption.Of(
                NumberOption.Real("--stitch-same", "x", "First value of α_S, what a tower takes of itself.", Defaults.Stitches.Same, -Recipe.MostStart, Recipe.MostStart),
                (recipe, value) => recipe with { Stitches = recipe.Stitches with { Same = value } },
                stitches),
            RecipeOption.Of(
                NumberOption.Real("--stitch-other", "x", "First value of α_D, what a tower takes of another.", Defaults.Stitches.Other, -Recipe.MostStart, Recipe.MostStart),
                (recipe, value) => recipe with { Stitches = recipe.Stitches with { Other = value } },
                stitches),
            RecipeOption.Of(
                new Option<bool>("--stitch-per-layer") { Description = "One cross-stitch matrix a layer instead of one a channel." },
                (recipe, value) => recipe with { Stitches = recipe.Stitches with { PerChannel = !value } },
                stitches),
            RecipeOption.Of(
                new Option<bool>("--no-augmentation") { Description = "Show every face as it is, every time." },
                (recipe, value) => recipe.Data is FacesRecipe faces ? recipe with { Data = faces with { Augmentation = value ? null : faces.Augmentation ?? FacePreset.Of(recipe).UsedAugmentation } } : recipe),
            RecipeOption.Of(
                EnumOption.OfNames("--engine", "What computes the networks; auto: the first that can.", Defaults.Engine, [Catalog.AnyEngine, .. catalog.Engines.Names], catalog.Engines.Elsewhere),
                (recipe, value) => recipe with { Engine = value }),
            RecipeOption.Of(
                NumberOption.Whole("--threads", "n", "Threads of a network; 0: all cores. The same number gives the same weights; a run keeps the number it began with.", defaultThreads, 0, Recipe.MostThreads),
                (recipe, value) => recipe with { Threads = value }),
        ];
    }

    /// <summary>The network that looks first; a stopped run takes it, too.</summary>
    public Option<string?> FirstLook { get; } = PathOption.Create("--first-look", "file", "The network that looks first with --preset best, an .xstitch file as export saves it. [default: the reader that comes with the program]");

    /// <summary>A recipe with a preset; the quick one has the epochs that this command has without one.</summary>
    private Recipe Preset(Recipe recipe, string name)
    {
        var preset = FacePreset.Named(name);
        return (recipe.Data is DrawnData && preset == FacePreset.Quick ? preset with { Epochs = _drawnEpochs } : preset).Apply(recipe);
    }

    /// <summary>A recipe with the network that looks first.</summary>
    /// <exception cref="CrossStitchException">Its networks look at boxes.</exception>
    internal static Recipe WithFirstLook(Recipe recipe, string? file) => recipe.Data is FacesRecipe { SecondLook: { } look } faces
        ? recipe with { Data = faces with { SecondLook = look with { Model = Path.GetFullPath(file!) } } }
        : throw new CrossStitchException($"--first-look {file}: the networks of this recipe look at the faces' boxes themselves; only those of --preset {FacePreset.Best.Name} have one that looks first.");

    public void AddTo(Command command)
    {
        foreach (var option in _options)
        {
            command.Add(option.Option);
        }
    }

    /// <summary>The recipe of a command line without a recipe file.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="data">Where the faces come from.</param>
    /// <param name="networks">The networks that it is for.</param>
    /// <exception cref="CrossStitchException">An amount is out of its range, or an option cannot apply to any of the networks.</exception>
    public Recipe Read(ParseResult arguments, DataRecipe data, IReadOnlyList<NetworkDefinition> networks) => Apply(
        arguments,
        Recipe.For(data) with { Threads = _defaultThreads, Training = data is DrawnData ? Defaults.Training with { Epochs = _drawnEpochs } : Defaults.Training },
        networks);

    /// <summary>A recipe with the options that were given on top of it.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="networks">The networks that it is for.</param>
    /// <exception cref="CrossStitchException">An amount is out of its range, or an option cannot apply to any of the networks.</exception>
    public Recipe Apply(ParseResult arguments, Recipe recipe, IReadOnlyList<NetworkDefinition> networks)
    {
        _options.ForEach(option => option.RefuseWithout(arguments, networks, _catalog));
        var changed = _options.Aggregate(recipe, (current, option) => option.Apply(arguments, current));
        changed.Validate(_catalog);
        return changed;
    }
}
