using System.Globalization;
using System.Text.Json;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Relations;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>The command line that repeats a study, worked out from its recipe; or says what of it no option can.</summary>
internal static class StudyCommand
{
    private const string SafeMarks = "_./:=+-,";

    /// <summary>
    /// The commands that repeat a study and draw its report again. What the command line's defaults decide by the kind of
    /// faces, or may decide otherwise one day, is always there; the other options where they differ from a recipe's defaults.
    /// </summary>
    /// <param name="study">The study.</param>
    public static string Of(Study study)
    {
        var recipe = study.Recipe;
        IEnumerable<string> words =
        [
            "crossstitch",
            .. Own(study) is { } own ? ["reproduce", "--study", own] : IsPaper(study) ? ["reproduce"] : (string[])["compare", "--networks", Networks(study), .. Auxiliary(study)],
            .. Data(recipe.Data),
            "--seeds", Text(study.Seeds),
            .. IsPaper(study) && Own(study) is null ? ["--questions", Questions(study.Questions)] : Array.Empty<string>(),
            "--epochs", Text(recipe.Training.Epochs),
            "--threads", Text(recipe.Threads),
            .. Changed(recipe),
            "--out", PathText(study.Folder),
        ];
        var preset = FacePreset.Of(recipe);
        var note = preset.Makes(recipe) ? "" : $"\n# Faces are varied, or towers made, otherwise than by the preset {preset.Name} of this version: 'crossstitch train --recipe' repeats a run from its recipe.json.";
        return $"{string.Join(' ', words.Select(Quoted))}\ncrossstitch report {Quoted(PathText(study.Folder))}{note}";
    }

    /// <summary>The name of a study that is not the paper's; null if it is that, or a comparison.</summary>
    private static string? Own(Study study) =>
        study.Questions.Any(question => question.Id == LabelStudy.Attributes) ? "labels"
        : study.Questions.Any(question => AttributeStudy.Attributes.Any(attribute => question.Id == AttributeStudy.Question(attribute))) ? "attributes"
        : null;

    private static bool IsPaper(Study study) =>
        study.Questions.Count > 0 || PaperStudy.Networks.All(network => study.Variants.Count(variant => variant.IsMain && variant.Network == network) == (network == PaperStudy.Networks[0] ? 1 : AuxiliarySet.Each(study.Recipe.Auxiliary()).Count));

    private static string Networks(Study study) => string.Join(',', study.Variants.Select(variant => variant.Network).Distinct());

    /// <summary>The option, which is refused where every network learns the main task alone.</summary>
    private static IEnumerable<string> Auxiliary(Study study)
    {
        var sets = study.Variants.Where(variant => variant.Auxiliary.Count > 0).Select(variant => AuxiliarySet.Name(variant.Auxiliary, study.Recipe.Auxiliary())).Distinct().ToList();
        return sets.Count == 0 ? [] : ["--auxiliary", sets.Count > 1 ? "each" : sets[0]];
    }

    /// <summary>A word as a POSIX shell takes it: in quotes where it has blanks or anything else that a shell reads as its own.</summary>
    /// <param name="word">The word.</param>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || SafeMarks.Contains(character)) ? word : $"'{word.Replace("'", "'\\''")}'";

    /// <summary>A path that begins like an option, as a command line takes it.</summary>
    /// <param name="path">The path.</param>
    public static string PathText(string path) => path.StartsWith('-') || path.StartsWith('@') ? Path.Combine(".", path) : path;

    private static IEnumerable<string> Data(DataRecipe data) => data switch
    {
        MtflData mtfl =>
        [
            "--data", Here(mtfl.Archive),
            "--boxes", mtfl.BoxFilePath is { } boxes ? NoWord(Here(boxes)) : mtfl.Boxes ?? MtflData.LandmarkBoxes,
            .. mtfl.SkipInvalid ? ["--skip-invalid"] : Array.Empty<string>(),
        ],
        DrawnData drawn => ["--faces", Text(drawn.TrainingFaces)],
        _ => [],
    };

    /// <summary>A recipe has whole paths; as people write them they begin where they are, unless that is a long way round.</summary>
    private static string Here(string path)
    {
        var (whole, relative) = (Path.GetFullPath(path), Path.GetRelativePath(".", path));
        return relative.Length < whole.Length ? PathText(relative) : whole;
    }

    /// <summary>A box file that is called as an option's word is.</summary>
    private static string NoWord(string path) => path is MtflData.FoundBoxes or MtflData.LandmarkBoxes ? $"./{path}" : path;

    private static string Questions(IReadOnlyList<Question> questions) =>
        questions.Count == 0 ? "none"
        : OpenQuestion.All.All(open => questions.Any(question => question.Id == open.Id)) ? "all"
        : string.Join(',', questions.Select(question => question.Id));

    private static IEnumerable<string> Changed(Recipe recipe)
    {
        var preset = FacePreset.Of(recipe);
        var (plain, training) = (preset.Apply(Recipe.For(new DrawnData())), recipe.Training);
        var normal = plain.Training;
        IEnumerable<string> Option(string name, object value, object usual) => value.Equals(usual) ? [] : [name, Text(value)];
        IEnumerable<string> Switch(string name, bool on) => on ? [name] : [];
        return
        [
            .. Option("--preset", preset.Name, FacePreset.Quick.Name),
            .. recipe.Data is FacesRecipe { SecondLook.Model: { } first } ? ["--first-look", Here(first)] : Array.Empty<string>(),
            .. Option("--batch-size", training.BatchSize, normal.BatchSize),
            .. Option("--optimizer", training.Optimizer, normal.Optimizer),
            .. Option("--learning-rate", training.LearningRate, normal.LearningRate),
            .. Option("--schedule", training.Schedule.Kind, normal.Schedule.Kind),
            .. Option("--weight-decay", training.WeightDecay, normal.WeightDecay),
            .. Option("--gradient-clip", training.GradientClip, normal.GradientClip),
            .. Option("--patience", training.Patience, normal.Patience),
            .. Option("--validation", recipe.ValidationShare, plain.ValidationShare),
            .. recipe.Labels is { } labels ? ["--labels", string.Join(',', labels.Select(label => $"{label.Key}={Text(label.Value)}"))] : Array.Empty<string>(),
            .. Option("--auxiliary-weight", Weight(recipe), Weight(plain)),
            .. Option("--balance", Balance(recipe), Balance(plain)),
            .. Option("--relation-weight", recipe.Relation.Weight, plain.Relation.Weight),
            .. Option("--penalty", recipe.Relation.Penalty, plain.Relation.Penalty),
            .. Option("--stitch-rate", training.StitchRate, normal.StitchRate),
            .. Option("--relation-rate", training.RelationRate, normal.RelationRate),
            .. Option("--average", recipe.Training.AverageDecay, plain.Training.AverageDecay),
            .. Option("--stitch-same", recipe.Stitches.Same, plain.Stitches.Same),
            .. Option("--stitch-other", recipe.Stitches.Other, plain.Stitches.Other),
            .. Switch("--stitch-per-layer", !recipe.Stitches.PerChannel),
            .. Switch("--no-augmentation", recipe.Data is FacesRecipe { Augmentation: null }),
            .. Option("--engine", recipe.Engine, plain.Engine),
        ];
    }

    /// <summary>λ of the auxiliary tasks; the command line has one for all.</summary>
    private static double Weight(Recipe recipe) => recipe.Tasks() is [_, var first, ..] ? first.Weight : FacePreset.Of(recipe).AttributeWeight;

    private static string Balance(Recipe recipe) => recipe.Balanced is { Count: > 0 } balanced
        ? string.Join(',', balanced.Select(task => task.Value == 1 ? task.Key : $"{task.Key}={Text(task.Value)}"))
        : ClassBalance.None;

    private static string Text(object value) => value is RelationPenalty penalty ? penalty.Name
        : value is Enum ? JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()!)
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
