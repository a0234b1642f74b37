using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;
using CrossStitch.Parameters;
using CrossStitch.Torch.Engines;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Tenants.Tests;

/// <summary>A residual backbone with batch normalisation, a TorchSharp module, under the paper's stitches and through all that a run does.</summary>
public sealed class TorchTenantTests : IDisposable
{
    private readonly Tenants _tenants = new();

    public TorchTenantTests()
    {
        // Small tensors gain nothing from a second thread, and lose much to it on a busy machine.
        TorchSharp.torch.set_num_threads(1);
        _tenants.Catalog.Stages.Add<ResidualStage>("residual");
        _tenants.Catalog.Engines.Add(new EngineDefinition("torch", (network, _) => new TorchEngine(network)));
    }

    public void Dispose() => _tenants.Dispose();

    private Recipe Recipe => Recipe.For(_tenants.Data) with
    {
        Backbone = new TowerShape([2, 1, 1], [new ResidualStage("first", 8), new ResidualStage("second", 8)]),
        Training = new TrainingOptions { Epochs = 4, BatchSize = 32 },
        ValidationShare = 0.1,
        Threads = 1,
    };

    [Fact]
    public void It_trains_between_stitches_and_the_engine_that_knows_it_is_found()
    {
        var run = Folder("run");
        new TrainingRun(Recipe, _tenants.Loaded, run).Execute();

        var network = run.LoadRecipe().Build(_tenants.Catalog);
        using var engine = run.LoadRecipe().Engine(_tenants.Catalog, network);

        Assert.IsType<TorchEngine>(engine);
        Assert.Contains(network.Parameters.Blocks, block => block.Role == ParameterRole.Stitches);
        Assert.Contains(network.Parameters.Blocks, block => block.Role == ParameterRole.Statistics);
        var losses = run.LoadMetrics().Select(epoch => epoch.TaskLosses[PlaneData.Distance]).ToList();
        Assert.True(losses[^1] < losses[0] / 2, $"The loss went from {losses[0]} to {losses[^1]}.");
    }

    [Fact]
    public void A_run_that_was_stopped_ends_with_the_bits_of_one_that_was_not()
    {
        var (whole, stopped) = (Folder("whole"), Folder("stopped"));
        new TrainingRun(Recipe, _tenants.Loaded, whole).Execute();
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new TrainingRun(Recipe, _tenants.Loaded, stopped).Execute(_ => stop.Cancel(), cancellation: stop.Token));
        new TrainingRun(Recipe, _tenants.Loaded, stopped).Execute();

        Assert.Equal(Checkpoint.Load(whole.FinalCheckpointPath).Weights, Checkpoint.Load(stopped.FinalCheckpointPath).Weights);
        Assert.Equal(Evaluator.Measure(whole, _tenants.Loaded.Test!).Evaluation.Overall.Measures, whole.LoadResult().Test!.Overall.Measures);
    }

    [Fact]
    public void All_networks_are_compared_on_it()
    {
        var plan = StudyPlan.Compare(Recipe with { Training = Recipe.Training with { Epochs = 1 } }, [.. _tenants.Catalog.Networks.All.Where(network => !network.HasRelation)], [Recipe.Auxiliary()], [1]);

        new StudyRunner(plan, _tenants.Loaded, _tenants.Place("study"), _tenants.Catalog).Run();

        var study = Study.Load(_tenants.Place("study"), _tenants.Catalog);
        Assert.Empty(study.Failures);
        Assert.Equal(["single", "split-all", "cross-stitch-all", "gated-all"], study.Runs.Select(run => run.Variant.Name));
    }

    [Fact]
    public void The_kernels_alone_refuse_it_and_name_who_knows_it()
    {
        var error = Assert.Throws<CrossStitchException>(() => new TrainingRun(Recipe with { Engine = "kernels" }, _tenants.Loaded, Folder("refused")).Execute());

        Assert.Contains("CrossStitch.Torch", error.Message);
    }

    private RunFolder Folder(string name) => new(_tenants.Place(name), _tenants.Catalog);
}
