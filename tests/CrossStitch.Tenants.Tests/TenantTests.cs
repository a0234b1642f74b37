using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Export;
using CrossStitch.Kernels.Models;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Tenants.Tests;

/// <summary>Everything that CONTRIBUTING says can be added, added from outside and taken through all that the library does.</summary>
public sealed class TenantTests : IDisposable
{
    private static readonly long[] Seeds = [1, 2];

    private readonly Tenants _tenants = new();

    public void Dispose() => _tenants.Dispose();

    [Fact]
    public void A_task_of_ones_own_has_the_gradient_that_its_loss_says() =>
        Assert.True(GradientCheck.LargestError(new RingTask("ring", 3, 1), [2.9f], [1]) < 1e-3);

    [Fact]
    public void A_recipe_names_all_tenants_and_is_read_back_the_same()
    {
        var path = _tenants.Place("recipe.json");
        _tenants.Catalog.Json.Save(path, _tenants.Recipe.Settled());

        var text = File.ReadAllText(path);
        var read = _tenants.Catalog.Json.LoadRecipe(path);

        Assert.All(new[] { "\"plane\"", "\"gated\"", "\"steady\"", "\"slow-weights\"", "\"dense\"" }, name => Assert.Contains(name, text));
        Assert.Equal(text.TrimEnd(), JsonSerializer.Serialize(read, _tenants.Catalog.Json.Indented));
    }

    [Fact]
    public void A_run_that_was_stopped_ends_with_the_bits_of_one_that_was_not()
    {
        var whole = Folder("whole");
        new TrainingRun(_tenants.Recipe, _tenants.Loaded, whole).Execute();

        var stopped = Folder("stopped");
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new TrainingRun(_tenants.Recipe, _tenants.Loaded, stopped).Execute(_ => stop.Cancel(), cancellation: stop.Token));
        Assert.False(stopped.IsFinished);
        new TrainingRun(_tenants.Recipe, _tenants.Loaded, stopped).Execute();

        Assert.Equal(Checkpoint.Load(whole.FinalCheckpointPath).Weights, Checkpoint.Load(stopped.FinalCheckpointPath).Weights);
        Assert.Equal(File.ReadAllText(whole.ScoresPath), File.ReadAllText(stopped.ScoresPath));
    }

    [Fact]
    public void The_state_of_a_weighting_and_of_an_extension_change_what_is_learned()
    {
        byte[] Weights(string name, Recipe recipe)
        {
            new TrainingRun(recipe, _tenants.Loaded, Folder(name)).Execute();
            return Checkpoint.Load(Folder(name).FinalCheckpointPath).Weights;
        }

        var all = Weights("all", _tenants.Recipe);

        Assert.NotEqual(all, Weights("fixed", _tenants.Recipe with { Weighting = new FixedWeightingRecipe() }));
        Assert.NotEqual(all, Weights("alone", _tenants.Recipe with { Extensions = [] }));
    }

    [Fact]
    public void A_study_with_a_question_compares_and_reports_them()
    {
        var (catalog, recipe) = (_tenants.Catalog, _tenants.Recipe with { Network = "cross-stitch" });
        var plain = Variant.Of(recipe, catalog.Networks["gated"], recipe.Auxiliary());
        var plan = StudyPlan.Compare(recipe, [.. catalog.Networks.All], [recipe.Auxiliary()], Seeds)
            .Ask(new Question("gate", "Should the gates begin open?", "tanh(g) of 0.1 or 0.8.", []), [plain, plain.With("open", recipe, catalog, one => one with { Options = new() { ["gate"] = 1.1 } })]);
        var folder = _tenants.Place("study");

        new StudyRunner(plan, _tenants.Loaded, folder, catalog).Run();
        var study = Study.Load(folder, catalog);
        var results = StudyResults.Of(study);
        StudyFiles.Write(study, results);
        StudyReport.Write(study, results);

        Assert.Equal(14, study.Runs.Count);
        Assert.Equal(["single", "split-all", "cross-stitch-all", "related-all", "related-cross-stitch-all", "gated-all"], results.Variants.Select(variant => variant.Name));
        Assert.Contains("distance_error", results.Variants[^1].AgainstBaseline.Keys);
        Assert.Contains("ring_steps", File.ReadLines(Path.Combine(folder, StudyFiles.CsvName)).First());
        Assert.Contains("| gated-all |", File.ReadAllText(Path.Combine(folder, StudyFiles.MarkdownName)));
        Assert.Equal("gated-all@open", Assert.Single(results.Questions).Comparisons["distance_error"].Single().Variant);
        var page = File.ReadAllText(Path.Combine(folder, StudyReport.FileName));
        Assert.All(
            new[] { "gated", "--network:#7A4B00", "How large the networks are", "gated-all has ", "Should the gates begin open?", "id=\"sizes-drawn\"", "id=\"alpha-gated-all\"", "test examples" },
            text => Assert.Contains(text, page));
        Assert.True(File.Exists(Path.Combine(folder, StudyReport.FigureFolder, "sizes-drawn.png")));
    }

    [Fact]
    public void A_finished_run_is_measured_by_the_tasks_own_score_and_exported()
    {
        var run = Folder("run");
        var result = new TrainingRun(_tenants.Recipe, _tenants.Loaded, run).Execute();

        var measured = Evaluator.Measure(run, _tenants.Loaded.Test!);
        var model = RunExport.Save(run, _tenants.Place("model.xstitch"));

        Assert.Equal(result.Test!.Overall.Measures, measured.Evaluation.Overall.Measures);
        Assert.InRange(measured.Evaluation.Overall.Measures["ring_steps"], 0, 2);
        Assert.Equal("class", Assert.Single(model.Heads, head => head.Name == PlaneData.Ring).Labels.Single());
        using var runner = new NetworkRunner(ModelFile.Load(_tenants.Place("model.xstitch")));
        Assert.Equal(run.LoadPredictions().Tasks[PlaneData.Distance][0], runner.Run(Input(), 1)[PlaneData.Distance][0], 1e-5f);
        Assert.NotEmpty(OnnxExport.ToBytes(model));
    }

    [Fact]
    public void A_data_source_says_what_is_wrong_and_where()
    {
        File.AppendAllText(_tenants.Data.File, "1;2\n");

        var error = Assert.Throws<CrossStitchException>(() => _tenants.Data.Load());

        Assert.Contains("points.csv(241)", error.Message);
    }

    private RunFolder Folder(string name) => new(_tenants.Place(name), _tenants.Catalog);

    /// <summary>The first test example.</summary>
    private float[] Input() => [.. File.ReadLines(_tenants.Data.File).Skip(200).First().Split(',').Select(number => float.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
