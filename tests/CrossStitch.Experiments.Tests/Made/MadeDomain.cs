using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Scores;
using CrossStitch.Tasks;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Tests.Made;

/// <summary>How <see cref="MadeData"/> is measured: by errors and failures of the main task, and by the others' own scores.</summary>
public sealed class MadeDomain : Domain
{
    public const string TestFile = "test-samples.txt";
    public const string SeenFile = "seen.txt";
    public const double Failure = 0.05;

    public static readonly IReadOnlyList<Measure> All =
    [
        new Measure("mean_error", "mean error", "level", Error)
        {
            IsCompared = true, IsWatched = true, Factor = 100, Unit = "% of the range", FailureThreshold = Failure, CurveLimit = 0.1,
        },
        new Measure("failure_rate", "failure rate", "level", sample => Error(sample) > Failure ? 1 : 0)
        {
            IsCompared = true, Factor = 100, Digits = 1, Unit = "% of samples", DifferenceUnit = "percentage points",
        },
        .. MadeData.AllTasks.Skip(1).SelectMany(task => OfTask(task, isMain: false)),
    ];

    public override string Example => "sample";

    public override IReadOnlyList<string> StudyFiles => [TestFile];

    public override IReadOnlyList<string> RunFiles => [SeenFile];

    public override IReadOnlyList<Measure> Measures(IReadOnlyList<LearningTask> tasks) => All;

    public override ILabelledData? OpenTest(string folder) => Path.Combine(folder, TestFile) is var path && File.Exists(path) ? MadeDataset.OpenTest(path) : null;

    private static double Error(ExampleResult sample) =>
        (Math.Abs((double)sample.Output("level")[0] - sample.Label("level")[0]) + Math.Abs((double)sample.Output("level")[1] - sample.Label("level")[1])) / 2;
}
