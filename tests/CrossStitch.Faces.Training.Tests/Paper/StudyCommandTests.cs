using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Paper;

namespace CrossStitch.Faces.Training.Tests.Paper;

public class StudyCommandTests
{
    [Fact]
    public void What_is_usual_is_short() => Assert.Equal(
        "crossstitch reproduce --faces 200 --seeds 3 --questions none --epochs 8 --threads 1 --out runs/mine\ncrossstitch report runs/mine",
        StudyCommand.Of(Of(Recipe(new DrawnData(200, 100)), seeds: 3)));

    [Fact]
    public void What_is_not_usual_is_named()
    {
        var recipe = Recipe(new DrawnData(200, 100) { Augmentation = null }).WithAuxiliaryWeight(0.5);
        var command = StudyCommand.Of(Of(recipe with { Relation = new(Relations.RelationPenalty.Squared), Engine = "kernels", Training = recipe.Training with { Optimizer = CrossStitch.Training.OptimizerKind.Sgd } }));

        Assert.Contains(" --optimizer sgd --auxiliary-weight 0.5 --penalty squared --no-augmentation --engine kernels --out ", command, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_below_the_current_folder_are_named_from_there()
    {
        var data = new MtflData(Path.GetFullPath("MTFL.zip"), Path.GetFullPath(Path.Combine("my boxes", "boxes.csv")), SkipInvalid: true);

        Assert.StartsWith(
            "crossstitch reproduce --data MTFL.zip --boxes 'my boxes/boxes.csv' --skip-invalid --seeds 2 ",
            StudyCommand.Of(Of(Recipe(data), seeds: 2)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("find", "--boxes find")]
    [InlineData(null, "--boxes landmarks")]
    [InlineData("./find", "--boxes ./find")]
    public void Where_boxes_come_from_is_always_said(string? boxes, string words) => Assert.StartsWith(
        $"crossstitch reproduce --data MTFL.zip {words} --seeds 1 ", StudyCommand.Of(Of(Recipe(new MtflData(Path.GetFullPath("MTFL.zip"), boxes)))), StringComparison.Ordinal);

    [Fact]
    public void Questions_are_named_or_all()
    {
        Assert.Contains(" --questions penalty,stitches ", StudyCommand.Of(Of(Recipe(new DrawnData()), questions: [.. OpenQuestion.All.TakeLast(2)])), StringComparison.Ordinal);
        Assert.Contains(" --questions all ", StudyCommand.Of(Of(Recipe(new DrawnData()), questions: OpenQuestion.All)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smile", "--networks single,split --auxiliary smile")]
    [InlineData("each", "--networks single,split --auxiliary each")]
    [InlineData("all", "--networks single,split --auxiliary all")]
    [InlineData("smile,pose", "--networks single,split --auxiliary pose+smile")]
    public void A_comparison_is_repeated_as_one(string auxiliary, string expected)
    {
        var (recipe, catalog) = (Recipe(new DrawnData(200, 100)), SmallRuns.Catalog);
        var plan = StudyPlan.Compare(recipe, [catalog.Networks["single"], catalog.Networks["split"]], AuxiliarySet.Parse(auxiliary, recipe.Auxiliary()), [1]);

        Assert.StartsWith($"crossstitch compare {expected} --faces 200 --seeds 1 --epochs 8 ", StudyCommand.Of(Of(plan)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("study", "study")]
    [InlineData("my study", "'my study'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("~x", "'~x'")]
    [InlineData("größe", "'größe'")]
    public void A_shell_reads_a_name_as_it_is(string name, string quoted) => Assert.Equal(quoted, StudyCommand.Quoted(name));

    [Theory]
    [InlineData("-study", "./-study")]
    [InlineData("@study", "./@study")]
    public void A_folder_is_not_read_as_an_option(string folder, string text) => Assert.Equal(text, StudyCommand.PathText(folder));

    private static Recipe Recipe(FacesRecipe data) => Experiments.Recipes.Recipe.For(data) with { Threads = 1, Training = new() { Epochs = 8 } };

    private static Study Of(Recipe recipe, int seeds = 1, IReadOnlyList<OpenQuestion>? questions = null) =>
        Of(PaperStudy.Plan(recipe, [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)], questions ?? [], SmallRuns.Catalog));

    private static Study Of(StudyPlan plan) =>
        new("runs/mine", plan.Recipe, new TestExamples([], []), plan.Variants, [], [], plan.Questions) { Catalog = SmallRuns.Catalog, Seeds = plan.Seeds.Count };
}
