using System.Text.Json.Nodes;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces;

namespace CrossStitch.Experiments.Tests.Comparison;

public sealed class StudyRunnerTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    private static readonly StudyPlan Whole = StudyPlan.Create(
        SmallRuns.Recipe() with { Training = new() { Epochs = 1, BatchSize = 16 } }, [1, 2], OpenQuestion.Parse("two-towers"));

    /// <summary>Some of its networks: enough to stop, to fail and to compare.</summary>
    private static readonly StudyPlan Plan = Whole with
    {
        Runs = [.. Whole.Runs.Where(run => run.Variant is "single" or "split-pose" or "cross-stitch-all" or "cross-stitch-all@lambda-0")],
    };

    [Fact]
    public void A_study_is_read_as_it_was_done()
    {
        var folder = small.Folder("study");
        new StudyRunner(Plan, small.Faces, folder, parallel: 1).Run();
        var study = Study.Load(folder);
        Assert.Equal(Plan.Runs.Select(run => (run.Variant, run.Recipe.Seed)), study.Runs.Select(run => (run.Variant, run.Recipe.Seed)));
        Assert.Empty(study.Failures);
        Assert.Equal("two-towers", Assert.Single(study.Questions).Id);
        Assert.Equal(small.Faces.Test!.Count, study.TestFaces.Count);
        Assert.Equal(small.Faces.Test.Faces, study.TestFaces.Faces);
        Assert.True(small.Faces.Test.Patch(3).SequenceEqual(study.TestFaces.Patch(3)));
        Assert.All(study.Runs, run =>
        {
            // What a run says of the faces, measured again, is what it was when it ended.
            var again = Faces.Training.Metrics.FaceEvaluation.Measure(study.TestFaces.Faces, run.Predictions);
            Assert.Equal(run.Result.Test!.Overall.Landmarks!.Overall, again.Overall.Landmarks!.Overall);
        });
        var results = StudyResults.Of(study);
        Assert.Equal(["single", "split-pose", "cross-stitch-all"], results.Variants.Select(variant => variant.Variant));
    }

    [Fact]
    public void A_study_of_an_earlier_version_is_repeated_by_the_same_command()
    {
        var folder = small.Folder("earlier");
        new StudyRunner(Plan, small.Faces, folder, parallel: 2).Run();
        var command = StudyCommand.Of(Study.Load(folder));
        Assert.Contains(" --seeds 2 --questions two-towers --epochs 1 --threads 1 --batch-size 16 ", command, StringComparison.Ordinal);

        var path = Path.Combine(folder, "study.json");
        var plan = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Assert.True(plan.Remove("recipe"));
        File.WriteAllText(path, plan.ToJsonString());
        Assert.Equal(command, StudyCommand.Of(Study.Load(folder)));
    }

    [Fact]
    public void Stopped_at_any_moment_and_at_several_networks_at_once_it_comes_to_the_same_results()
    {
        var (one, two) = (small.Folder("one-at-once"), small.Folder("two-at-once"));
        new StudyRunner(Plan, small.Faces, one, parallel: 1).Run();
        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new StudyRunner(Plan, small.Faces, two, parallel: 2).Run(
            new Listener(progress =>
            {
                if (progress.Index == 4 && progress.Step is not null)
                {
                    cancellation.Cancel();
                }
            }),
            cancellation.Token));
        Assert.InRange(Study.Load(two).Runs.Count, 1, Plan.Runs.Count - 1);
        new StudyRunner(Plan, small.Faces, two, parallel: 2).Run();
        Assert.Equal(Results(one), Results(two));
    }

    [Fact]
    public void A_run_that_fails_is_kept_with_its_reason_and_tried_again_the_next_time()
    {
        var folder = small.Folder("failing");
        var recipe = new RunFolder(Path.Combine(folder, "split-pose-seed2")).RecipePath;
        Directory.CreateDirectory(Path.GetDirectoryName(recipe)!);
        File.WriteAllText(recipe, "{}garbage");
        new StudyRunner(Plan, small.Faces, folder, parallel: 2).Run();
        var study = Study.Load(folder);
        var failure = Assert.Single(study.Failures);
        Assert.Equal(("split-pose", 2), (failure.Variant, failure.Seed));
        Assert.Contains("recipe.json", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(Plan.Runs.Count - 1, study.Runs.Count);

        File.Delete(recipe);
        new StudyRunner(Plan, small.Faces, folder, parallel: 1).Run();
        Assert.Empty(Study.Load(folder).Failures);
    }

    [Fact]
    public void A_study_of_another_recipe_or_of_other_faces_is_refused_and_left_as_it_was()
    {
        var folder = small.Folder("taken-by-another");
        new StudyRunner(Plan with { Runs = [.. Plan.Runs.Take(2)] }, small.Faces, folder, parallel: 1).Run();
        var before = Files(folder);

        var longer = Plan with { Runs = [.. Plan.Runs.Select(run => run with { Recipe = run.Recipe with { Training = new() { Epochs = 2, BatchSize = 16 } } })] };
        var recipe = Assert.Throws<CrossStitchException>(() => new StudyRunner(longer, small.Faces, folder, parallel: 1).Run());
        Assert.Contains("\"epochs\": 1 there, \"epochs\": 2 here", recipe.Message, StringComparison.Ordinal);
        var others = new FaceSets(small.Faces.Training, small.Faces.Training, []);
        Assert.Contains("other faces", Assert.Throws<CrossStitchException>(() => new StudyRunner(Plan, others, folder, parallel: 1).Run()).Message, StringComparison.Ordinal);
        Assert.Equal(before, Files(folder));

        static Dictionary<string, string> Files(string folder) =>
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));
    }

    [Fact]
    public void Two_processes_do_not_work_in_one_folder()
    {
        var folder = small.Folder("taken");
        string? refused = null;
        new StudyRunner(Plan with { Runs = [Plan.Runs[0]] }, small.Faces, folder, parallel: 1).Run(new Listener(progress =>
            refused ??= Assert.Throws<CrossStitchException>(() => new StudyRunner(Plan, small.Faces, folder, parallel: 1).Run()).Message));
        Assert.Contains("another process", refused, StringComparison.Ordinal);
        Assert.Single(Study.Load(folder).Runs);
    }

    [Fact]
    public void What_is_no_study_or_a_damaged_one_is_refused_with_its_name()
    {
        var folder = small.Folder("damaged");
        Assert.Contains("study.json", Assert.Throws<CrossStitchException>(() => Study.Load(folder)).Message, StringComparison.Ordinal);
        new StudyRunner(Plan with { Runs = [Plan.Runs[0]] }, small.Faces, folder, parallel: 1).Run();

        var predictions = Path.Combine(folder, "single-seed1", "predictions.json");
        var whole = File.ReadAllText(predictions);
        File.WriteAllText(predictions, "{}");
        Assert.Contains("predictions.json", Assert.Throws<CrossStitchException>(() => Study.Load(folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(predictions, whole);

        var faces = Path.Combine(folder, "test-faces.crops");
        var bytes = File.ReadAllBytes(faces);
        bytes[^40] ^= 1;
        File.WriteAllBytes(faces, bytes);
        Assert.Contains("test-faces.crops", Assert.Throws<FaceDataException>(() => Study.Load(folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "study.json"), "{\n  \"runs\": 3");
        Assert.Contains("study.json(2)", Assert.Throws<CrossStitchException>(() => Study.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_test_faces_there_is_nothing_to_compare_on() =>
        Assert.Contains("testing.txt", Assert.Throws<CrossStitchException>(() =>
            new StudyRunner(Plan, new FaceSets(small.Faces.Training, null, []), small.Folder("none"), parallel: 1).Run()).Message, StringComparison.Ordinal);

    private static string Results(string folder)
    {
        StudyFiles.Write(folder, StudyResults.Of(Study.Load(folder)));
        return File.ReadAllText(Path.Combine(folder, "results.json"));
    }

    private sealed class Listener(Action<ComparisonProgress> listen) : IProgress<ComparisonProgress>
    {
        public void Report(ComparisonProgress value) => listen(value);
    }
}
