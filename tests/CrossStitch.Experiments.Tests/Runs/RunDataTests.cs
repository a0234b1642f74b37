using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Tests.Made;

namespace CrossStitch.Experiments.Tests.Runs;

public sealed class RunDataTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Fact]
    public void A_run_goes_on_wherever_its_examples_lie_and_says_where_they_lay_last()
    {
        var folder = small.Run("moved");
        using var stopped = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new TrainingRun(SmallRuns.Recipe(), small.Data, folder).Execute(_ => stopped.Cancel(), cancellation: stopped.Token));
        var moved = SmallRuns.Recipe() with { Data = new MadeData(Place: "there") };
        new TrainingRun(moved, small.Data, folder).Execute();
        Assert.Equal(moved.Data, folder.LoadRecipe().Data);
        new TrainingRun(SmallRuns.Recipe(), small.Data, folder).Execute();
        Assert.Equal(new MadeData(), folder.LoadRecipe().Data);
    }

    [Fact]
    public void What_the_data_source_notes_of_its_training_examples_lies_beside_the_run()
    {
        var folder = small.Run("seen");
        new TrainingRun(SmallRuns.Recipe(), small.Data, folder).Execute();
        Assert.Equal("60", File.ReadAllText(Path.Combine(folder.FullPath, MadeDomain.SeenFile)));
    }
}
