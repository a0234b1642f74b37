using CrossStitch.Experiments.Recipes;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Towers;

namespace CrossStitch.Faces.Training.Data;

/// <summary>Settings of a recipe that belong together and were found together, under a name; see docs/results.md.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it is for, in a few words.</param>
/// <param name="Epochs">Passes over the training faces.</param>
/// <param name="HuberDelta">δ of the landmarks' pseudo-Huber loss, in box widths; null for the squared error.</param>
/// <param name="AttributeWeight">λ of every attribute.</param>
/// <param name="Balanced">τ of the attributes whose classes are balanced, by their names; null for none.</param>
/// <param name="RelationWeight">λ_w.</param>
/// <param name="GradientClip">Largest norm of the gradient.</param>
/// <param name="MirrorAveraged">Whether networks are measured and run by the mean of a face and its mirror image.</param>
/// <param name="Close">Whether networks see the middle of the box alone, larger.</param>
/// <param name="SecondLook">How faces are seen a second time; null for a network that looks at boxes.</param>
/// <param name="Augmentation">How training faces are varied; null for the usual way.</param>
/// <param name="Tower">What each tower is made of; null for the one that suits the faces, <see cref="FaceTower.Of"/> their size.</param>
public sealed record FacePreset(
    string Name,
    string Description,
    int Epochs,
    double? HuberDelta,
    double AttributeWeight,
    IReadOnlyDictionary<string, double>? Balanced,
    double RelationWeight,
    double GradientClip,
    bool MirrorAveraged,
    bool Close = false,
    SecondLook? SecondLook = null,
    CropAugmentation? Augmentation = null,
    TowerShape? Tower = null)
{
    /// <summary>What a recipe says where nothing else is asked for.</summary>
    public static FacePreset Quick { get; } = new("quick", "30 epochs on the squared error", 30, null, FaceTasks.AttributeWeight, null, 1e-5, 0.2, MirrorAveraged: false);

    /// <summary>
    /// The paper's towers, trained as long as they gain from it. The slope of the loss is bounded by 2δ, which is a quarter of
    /// what the squared error's is at the usual error of 0.02; so are the weights beside it and the limit on the gradient. Faces are
    /// varied more, and attributes weigh less than that: both landmarks and attributes gain.
    /// Poses are balanced, for one training face in thirty is turned by 60°, and networks said 30° of half of them; and gender.
    /// </summary>
    public static FacePreset Paper { get; } = new(
        "paper", "the paper's towers at their best", 150, 0.005, 0.00015, new Dictionary<string, double> { [FaceAttribute.Pose.Name] = 1, [FaceAttribute.Gender.Name] = 1 }, 1e-5 / 4, 0.05, MirrorAveraged: true, Close: true,
        Augmentation: new CropAugmentation(Shift: 0.05, Scale: 0.1, Rotation: 12, Occlusion: 0.3) { Stretch = 0.05, Shear = 0.03 });

    /// <summary>The network that looks first for <see cref="Best"/>, no longer one of the paper's. It sees the whole box, for a box may be far off.</summary>
    public static FacePreset FirstLook { get; } = Paper with
    {
        Name = "first-look",
        Description = "a deeper tower on the whole box, to look first for best",
        Close = false,
        Tower = FaceTower.Deep40,
    };

    /// <summary>A second look: networks see each face upright and larger, by the points that another one, such as one of <see cref="FirstLook"/>, has found.</summary>
    public static FacePreset Best { get; } = FirstLook with
    {
        Name = "best",
        Description = "a second look at each face, turned upright by the points of a first one",
        Epochs = 300,
        SecondLook = new SecondLook(),
        Tower = FaceTower.Deep60,
    };

    /// <summary>All of them, the usual one first.</summary>
    public static IReadOnlyList<FacePreset> All { get; } = [Quick, Paper, FirstLook, Best];

    /// <summary>The preset of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="CrossStitchException">There is none.</exception>
    public static FacePreset Named(string name) => All.FirstOrDefault(preset => preset.Name == name)
        ?? throw new CrossStitchException($"'{name}' is not a preset; there are {string.Join(", ", All.Select(preset => preset.Name))}.{NearestName.Question(name, All.Select(preset => preset.Name))}");

    /// <summary>The preset whose loss and way of measuring a recipe has, whatever else was changed; <see cref="Quick"/> if none.</summary>
    /// <param name="recipe">A recipe of faces.</param>
    public static FacePreset Of(Recipe recipe) => All.FirstOrDefault(preset =>
        recipe.Data is FacesRecipe faces && faces.MirrorAveraged == preset.MirrorAveraged && faces.Close == preset.Close && faces.SecondLook is null == preset.SecondLook is null && recipe.Huber?.GetValueOrDefault(FaceTasks.Landmarks) == preset.HuberDelta) ?? Quick;

    /// <summary>A recipe with these settings.</summary>
    /// <param name="recipe">A recipe of faces; what the preset says nothing of stays.</param>
    public Recipe Apply(Recipe recipe)
    {
        var changed = recipe.WithAuxiliaryWeight(AttributeWeight);
        return changed with
        {
            // A run writes down the tower that it has; another one may suit the preset, or its faces.
            Backbone = recipe.Backbone is null || All.Select(preset => preset.Tower).OfType<TowerShape>().Append(recipe.Data.Backbone()).Any(usual => AreAlike(usual, recipe.Backbone)) ? Tower : recipe.Backbone,
            Data = changed.Data is FacesRecipe faces ? Seen(faces) : changed.Data,
            Huber = HuberDelta is { } delta ? new Dictionary<string, double> { [FaceTasks.Landmarks] = delta } : null,
            Balanced = Balanced,
            Relation = changed.Relation with { Weight = RelationWeight },
            Training = changed.Training with { Epochs = Epochs, GradientClip = GradientClip },
        };
    }

    private FacesRecipe Seen(FacesRecipe faces) => faces with
    {
        MirrorAveraged = MirrorAveraged,
        Close = Close,
        SecondLook = SecondLook is { } look ? look with { Model = faces.SecondLook?.Model } : null,

        // Unless the recipe's is of its own, or none.
        Augmentation = All.Any(preset => faces.Augmentation == preset.UsedAugmentation) ? UsedAugmentation : faces.Augmentation,
    };

    private static bool AreAlike(TowerShape one, TowerShape other) => one.Input.SequenceEqual(other.Input) && one.Stages.SequenceEqual(other.Stages);

    /// <summary>How it varies training faces.</summary>
    internal CropAugmentation UsedAugmentation => Augmentation ?? new CropAugmentation();

    /// <summary>Whether a recipe varies faces, if at all, and makes towers as this preset does; one of an earlier version's preset may not.</summary>
    /// <param name="recipe">A recipe.</param>
    internal bool Makes(Recipe recipe) =>
        (recipe.Data is not FacesRecipe { Augmentation: { } used } || used == UsedAugmentation)
        && AreAlike(recipe.Backbone ?? recipe.Data.Backbone(), Tower ?? recipe.Data.Backbone());
}
