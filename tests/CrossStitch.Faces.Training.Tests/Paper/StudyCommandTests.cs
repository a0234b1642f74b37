using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;

namespace CrossStitch.Experiments.Tests.Reports;

public class StudyCommandTests
{
    private static readonly Study Empty = new("runs/mine", TinyStudy.Of("", 1, [], questions: false, faces: 3).TestFaces, [], [], []);

    [Fact]
    public void What_is_usual_is_short() => Assert.Equal(
        "crossstitch reproduce --faces 200 --seeds 3 --questions none --epochs 8 --threads 1 --out runs/mine",
        StudyCommand.Of(Empty with { Recipe = Recipe(new DrawnData(200, 100)), Seeds = 3 }));

    [Fact]
    public void Files_below_the_current_folder_are_named_from_there()
    {
        var data = new MtflData(Path.GetFullPath("MTFL.zip"), Path.GetFullPath(Path.Combine("my boxes", "boxes.csv")), SkipInvalid: true);

        Assert.StartsWith(
            "crossstitch reproduce --data MTFL.zip --boxes 'my boxes/boxes.csv' --skip-invalid --seeds 2 ",
            StudyCommand.Of(Empty with { Recipe = Recipe(data), Seeds = 2 }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_are_named_or_all()
    {
        static StudyQuestion Asked(OpenQuestion open) => new(open.Id, open.Title, open.Asks, []);
        var study = Empty with { Recipe = Recipe(new DrawnData()) };

        Assert.Contains(" --questions penalty,stitches ", StudyCommand.Of(study with { Questions = [.. OpenQuestion.All.TakeLast(2).Select(Asked)] }), StringComparison.Ordinal);
        Assert.Contains(" --questions all ", StudyCommand.Of(study with { Questions = [.. OpenQuestion.All.Select(Asked)] }), StringComparison.Ordinal);
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

    private static Recipe Recipe(DataRecipe data) => new() { Data = data, Threads = 1, Training = new() { Epochs = 8 } };
}
