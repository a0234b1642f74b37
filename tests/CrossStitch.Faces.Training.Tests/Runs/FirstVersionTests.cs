using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Paper;

namespace CrossStitch.Faces.Training.Tests.Runs;

/// <summary>
/// What 'reproduce' and 'compare' of version 0.1.0 left of 16 drawn faces: some runs of a study, one of them with its weights,
/// and a comparison.
/// </summary>
public sealed class FirstVersionTests : IDisposable
{
    private readonly string _study = Directory.CreateTempSubdirectory("first-version-").FullName;
    private readonly string _comparison = Directory.CreateTempSubdirectory("first-version-").FullName;

    public FirstVersionTests()
    {
        Copy("study", _study);
        Copy("comparison", _comparison);
    }

    public void Dispose()
    {
        Directory.Delete(_study, recursive: true);
        Directory.Delete(_comparison, recursive: true);
    }

    [Fact]
    public void A_study_without_scores_comes_to_the_numbers_that_it_had()
    {
        var old = Table();
        var study = Study.Load(_study, SmallRuns.Catalog);
        Assert.Equal(["single", "split-all", "cross-stitch-all", "cross-stitch-all@lambda-0"], study.Runs.Select(run => run.Variant.Name));
        Assert.Equal((22, 1, 8, "single"), (study.Planned, study.Seeds, study.Examples.Count, study.Baseline!.Name));

        StudyFiles.Write(study, StudyResults.Of(study));

        var now = Table();
        Assert.Equal(study.Runs.Select(run => run.Variant.Name).Order(), now.Keys.Order());
        var measured = 0;
        foreach (var (variant, cells) in now)
        {
            Assert.Equal(old[variant]["auxiliary"], cells["auxiliary"]);
            foreach (var (column, cell) in cells.Where(cell => cell.Value.Length > 0 && old[variant].ContainsKey(cell.Key) && !cell.Key.Contains("_vs_", StringComparison.Ordinal) && double.TryParse(cell.Value, CultureInfo.InvariantCulture, out _)))
            {
                measured++;
                Assert.Equal(double.Parse(old[variant][column], CultureInfo.InvariantCulture), double.Parse(cell, CultureInfo.InvariantCulture), 1e-12);
            }
        }

        Assert.True(measured > 4 * 15, $"{measured}");
    }

    [Fact]
    public void A_study_keeps_its_question_its_command_and_its_report()
    {
        var study = Study.Load(_study, SmallRuns.Catalog);
        Assert.Equal(["cross-stitch-all@lambda-0", "single", "cross-stitch-all"], Assert.Single(study.Questions).Variants);
        Assert.StartsWith("crossstitch reproduce --faces 16 --seeds 1 --questions two-towers --epochs 1 --threads 1 --batch-size 16 --out ", StudyCommand.Of(study), StringComparison.Ordinal);
        var command = StudyCommand.Of(study);

        StudyReport.Write(study, StudyResults.Of(study));

        Assert.Contains("Is it the attributes, or the second tower?", File.ReadAllText(Path.Combine(_study, StudyReport.FileName)), StringComparison.Ordinal);

        // The first files of that version did not have the recipe that all runs share.
        var path = Path.Combine(_study, "study.json");
        var plan = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Assert.True(plan.Remove("recipe"));
        File.WriteAllText(path, plan.ToJsonString());
        Assert.Equal(command, StudyCommand.Of(Study.Load(_study, SmallRuns.Catalog)));
    }

    [Fact]
    public void Recipes_of_its_runs_are_read()
    {
        Recipe Of(string run) => new RunFolder(Path.Combine(_study, run), SmallRuns.Catalog).LoadRecipe();
        Assert.Equal([new TaskWeight("landmarks", 1)], Of("single-seed1").Tasks());
        Assert.Equal([1, 0.002, 0.002, 0.002, 0.002], Of("split-all-seed1").Tasks().Select(task => task.Weight));
        Assert.Equal([1, 0, 0, 0, 0], Of("cross-stitch-all@lambda-0-seed1").Tasks().Select(task => task.Weight));
        Assert.Equal((2, "auto", 1, 16), (Of("cross-stitch-all-seed1").Version, Of("cross-stitch-all-seed1").Engine, Of("cross-stitch-all-seed1").Groups[0].Tasks.Count, Of("cross-stitch-all-seed1").Training.BatchSize));
        Assert.Equal(new DrawnData(16, 8), Of("single-seed1").Data);
        Assert.Contains("data", Of("single-seed1").Versions.Keys);
    }

    [Fact]
    public void Its_results_are_read_without_the_measures_that_follow_from_predictions()
    {
        var result = new RunFolder(Path.Combine(_study, "cross-stitch-all-seed1"), SmallRuns.Catalog).LoadResult();
        Assert.Equal((1, 1, 1, 5), (result.Version, result.Seed, result.KeptEpoch, result.Stitches.Count));
        Assert.Null(result.Test);
        Assert.True(result.Parameters > 150_000);
    }

    [Fact]
    public void Its_weights_predict_what_they_did()
    {
        var run = new RunFolder(Path.Combine(_study, "single-seed1"), SmallRuns.Catalog);
        var predictions = run.LoadPredictions().Tasks["landmarks"];

        var measured = Evaluator.Measure(run, new FaceData(FaceCropFile.Load(Path.Combine(_study, "test-faces.crops"))), TestContext.Current.CancellationToken);

        Assert.Equal(predictions, measured.Predictions.Tasks["landmarks"], (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(["landmarks"], RunExport.Save(run, Path.Combine(_study, "model.xstitch")).Heads.Select(head => head.Name));
    }

    [Fact]
    public void A_comparison_says_what_it_lacks_and_goes_on_as_a_study()
    {
        Assert.Contains("the test faces of this study are missing; go on with the command", Assert.Throws<CrossStitchException>(() => Study.Load(_comparison, SmallRuns.Catalog)).Message, StringComparison.Ordinal);
        var single = new RunFolder(Path.Combine(_comparison, "single-seed1"), SmallRuns.Catalog);
        var recipe = Recipe.For(single.LoadRecipe().Data) with { Threads = 1, Training = single.LoadRecipe().Training };
        var plan = StudyPlan.Compare(recipe, [SmallRuns.Catalog.Networks["single"], SmallRuns.Catalog.Networks["split"]], [["pose", "smile"]], [1]);

        new StudyRunner(plan, recipe.Data.Load(cancellation: TestContext.Current.CancellationToken), _comparison, SmallRuns.Catalog).Run(cancellation: TestContext.Current.CancellationToken);

        var study = Study.Load(_comparison, SmallRuns.Catalog);
        Assert.Equal(["single", "split-pose+smile"], study.Runs.Select(run => run.Variant.Name));
        Assert.Equal(["pose", "smile"], study.Variants[1].Auxiliary);
        var table = new NetworkScores(study, StudyResults.Of(study)).Markdown().Split('\n');
        Assert.Equal(File.ReadLines(Path.Combine(_comparison, "results.md")).Skip(2).Take(2), table.Skip(2).Take(2));
        Assert.False(File.Exists(Path.Combine(_comparison, "comparison.json")));
    }

    [Theory]
    [InlineData("\"smile\"", "\"mood\"", "predictions.json: damaged, or not of the study's 8 test faces")]
    [InlineData("[2,2", "[2,\"x\"", "predictions.json(1): not a set of predictions of this version")]
    public void A_file_with_something_else_in_it_is_one_line_that_says_what(string written, string replaced, string reason)
    {
        var path = Path.Combine(_study, "split-all-seed1", "predictions.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(written, replaced, StringComparison.Ordinal));

        var study = Study.Load(_study, SmallRuns.Catalog);
        Assert.Equal(3, study.Runs.Count);
        var failure = Assert.Single(study.Failures);
        Assert.True(failure.IsDamaged);
        var message = failure.Reason;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static void Copy(string name, string target)
    {
        var source = Path.Combine(ThisFolder(), "FirstVersion", name);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private Dictionary<string, Dictionary<string, string>> Table()
    {
        var rows = File.ReadAllLines(Path.Combine(_study, StudyFiles.CsvName)).Select(line => line.Split(',')).ToList();
        return rows.Skip(1).ToDictionary(row => row[0], row => rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second));
    }
}
