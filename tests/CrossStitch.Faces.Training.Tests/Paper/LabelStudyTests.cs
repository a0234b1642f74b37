using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Paper;
using CrossStitch.Faces.Training.Tests.Reports;

namespace CrossStitch.Faces.Training.Tests.Paper;

public sealed class LabelStudyTests
{
    private static readonly Recipe Base = Recipe.For(new DrawnData(60, 36)) with { Threads = 1 };

    [Fact]
    public void Every_way_to_learn_meets_every_share_of_labels()
    {
        var plan = LabelStudy.Plan(Base, [1, 2], SmallRuns.Catalog);
        var runs = plan.Runs(SmallRuns.Catalog);
        Assert.Equal(5 * 8 * 2, runs.Count);
        Assert.Equal(["single", "split-all", "cross-stitch-all", "related-cross-stitch-all"], runs.Take(4).Select(run => run.Variant.Name));
        Assert.All(runs, run => run.Recipe.Validate(SmallRuns.Catalog));
        Recipe Of(string name) => runs.First(run => run.Variant.Name == name).Recipe;
        Assert.Equal(0.05, Of("cross-stitch-all@lambda-0-labels-5").Labels![FaceTasks.Landmarks]);
        Assert.Null(Of("cross-stitch-all@lambda-0").Labels);
        Assert.Equal(2, Of("single@second-labels-30").Member);
        Assert.Equal(["single@labels-2", "single@second-labels-2"], plan.Variants.Single(variant => variant.Name == "single@ensemble-labels-2").Averages);
        var (single, wide) = (Parameters(Of("cross-stitch-all@labels-2")), Parameters(Of("single@wide-labels-2")));
        Assert.InRange(wide / (double)single, 0.97, 1.03);
        Assert.Equal(15, plan.Questions[0].Pairs!.Count);
        Assert.Contains(new ComparedPair("split-all@labels-10", "single@labels-10"), plan.Questions[0].Pairs!);
        Assert.Contains(new ComparedPair("cross-stitch-all@labels-10", "cross-stitch-all@lambda-0-labels-10"), plan.Questions[0].Pairs!);

        static long Parameters(Recipe recipe) => recipe.Describe(SmallRuns.Catalog).Blocks().Sum(block => (long)block.Count);
    }

    [Fact]
    public void All_networks_take_as_many_steps_with_as_many_wholly_labelled_faces()
    {
        var runs = LabelStudy.Plan(Base, [1], SmallRuns.Catalog).Runs(SmallRuns.Catalog);
        var usual = Base.Training;
        Assert.All(runs, run =>
        {
            var mixed = run.Recipe.Labels is not null && run.Recipe.Tasks().Count(task => task.Weight > 0) > 1;
            Assert.Equal(mixed ? (2 * usual.BatchSize, 2 * usual.Epochs) : (usual.BatchSize, usual.Epochs), (run.Recipe.Training.BatchSize, run.Recipe.Training.Epochs));
        });
    }

    [Fact]
    public void Attributes_are_learned_alone_together_and_with_landmarks()
    {
        var plan = AttributeStudy.Plan(Base, [1], SmallRuns.Catalog);
        var runs = plan.Runs(SmallRuns.Catalog);
        Assert.Equal(3 * (4 + 3), runs.Count);
        Assert.Equal(["pose"], runs.Single(run => run.Variant.Name == "single@pose-labels-10").Recipe.Tasks().Select(task => task.Task));
        var together = runs.Single(run => run.Variant.Name == "split-all@attributes-labels-2").Recipe;
        Assert.Equal((4, 4, 0.02), (together.Tasks().Count, together.Labels!.Count, together.Labels!["smile"]));
        Assert.Equal(["landmarks", "pose", "gender", "glasses", "smile"], runs.Single(run => run.Variant.Name == "split-all@labels-2").Recipe.Tasks().Select(task => task.Task));
        Assert.Equal(4, plan.Questions.Count);
        Assert.All(runs, run => run.Recipe.Describe(SmallRuns.Catalog));
    }

    [Fact]
    public void The_report_shows_errors_against_labels_and_says_when_attributes_help()
    {
        var plan = LabelStudy.Plan(Base, [1, 2], SmallRuns.Catalog);
        var study = TinyStudy.Of("runs/labels", plan, 36);
        var results = StudyResults.Of(study);
        var parts = new LabelSection().Content(new StudyView(study, results)).ToList();
        Assert.Equal(["labels-error", "labels-attributes", "labels-by-pose"], parts.Select(part => part.Figure?.Id).OfType<string>());
        Assert.Contains("corrected", results.Questions[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("15 comparisons", parts[0].Element!.Value, StringComparison.Ordinal);
        Assert.StartsWith("crossstitch reproduce --study labels --faces 60 --seeds 2 --epochs ", StudyCommand.Of(study), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_shows_each_attribute_against_labels()
    {
        var study = TinyStudy.Of("runs/attributes", AttributeStudy.Plan(Base, [1, 2], SmallRuns.Catalog), 36);
        var parts = new LabelSection().Content(new StudyView(study, StudyResults.Of(study))).ToList();
        Assert.Equal(["labels-pose", "labels-gender", "labels-glasses", "labels-smile"], parts.Select(part => part.Figure?.Id));
        Assert.StartsWith("crossstitch reproduce --study attributes ", StudyCommand.Of(study), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_says_which_labels_are_kept()
    {
        var plan = PaperStudy.Plan(Base with { Labels = new Dictionary<string, double> { ["landmarks"] = 0.1 } }, [1], [], SmallRuns.Catalog);
        Assert.Contains(" --labels landmarks=0.1 ", StudyCommand.Of(TinyStudy.Of("runs/few", plan with { Variants = [.. plan.Variants.Take(2)] }, 10)), StringComparison.Ordinal);
    }
}
