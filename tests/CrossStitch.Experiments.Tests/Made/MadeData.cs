using CrossStitch.Experiments.Data;
using CrossStitch.Tasks;
using CrossStitch.Towers;

namespace CrossStitch.Experiments.Tests.Made;

/// <summary>Examples that are worked out on the spot: six numbers, of which two sums and two classes are to be learned.</summary>
/// <param name="TrainingExamples">How many to learn from.</param>
/// <param name="TestExamples">How many to be measured on.</param>
/// <param name="Place">Where they would lie, if they lay anywhere.</param>
public sealed record MadeData(int TrainingExamples = 60, int TestExamples = 24, string Place = "here") : DataRecipe
{
    public static readonly IReadOnlyList<LearningTask> AllTasks =
    [
        new RegressionTask("level", 2),
        new ClassificationTask("kind", 3, 0.1) { OutputNames = ["low", "middle", "high"] },
        new ClassificationTask("side", 2, 0.1),
    ];

    public static readonly TowerShape Tower = new([6, 1, 1], [new DenseStage("first", 8), new DenseStage("second", 6)]);

    public override IReadOnlyList<LearningTask> Tasks() => AllTasks;

    public override TowerShape Backbone() => Tower;

    public override string ShortName() => "made";

    public override DataRecipe Anywhere() => this with { Place = "" };

    public override Dataset Load(IProgress<LoadProgress>? progress = null, CancellationToken cancellation = default) =>
        new MadeDataset(TrainingExamples, TestExamples);

    public override void Validate()
    {
        if (TrainingExamples < 0)
        {
            throw new CrossStitchException($"{TrainingExamples} examples cannot be made.") { Setting = "trainingExamples" };
        }
    }

    public override Domain Domain() => new MadeDomain();
}
