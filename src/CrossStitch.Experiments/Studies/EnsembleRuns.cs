using CrossStitch.Experiments.Scores;
using CrossStitch.Kernels.Models;

namespace CrossStitch.Experiments.Studies;

/// <summary>The runs of a variant that averages what others predict: nothing is trained for them.</summary>
internal static class EnsembleRuns
{
    /// <summary>Averages runs, for every seed that all members have.</summary>
    /// <param name="variant">The variant; nothing comes of one that is trained itself.</param>
    /// <param name="trained">The finished runs.</param>
    /// <param name="source">The study's test examples.</param>
    /// <exception cref="CrossStitchException">The test examples are not there.</exception>
    public static IEnumerable<StudyRun> Of(Variant variant, IReadOnlyList<StudyRun> trained, TestSource source)
    {
        if (variant.Averages is not { Count: > 0 } names)
        {
            return [];
        }

        return trained.Where(run => run.Variant.Name == names[0])
            .Select(first => names.Select(name => trained.FirstOrDefault(run => run.Variant.Name == name && run.Result.Seed == first.Result.Seed)).OfType<StudyRun>().ToList())
            .Where(members => members.Count == names.Count)
            .Select(members => Average(variant, members, source));
    }

    private static StudyRun Average(Variant variant, List<StudyRun> members, TestSource source)
    {
        var outputs = source.Tasks.Where(task => task.ExportKind != HeadKind.Classification && members.All(run => run.Predictions.Tasks.ContainsKey(task.Name)))
            .ToDictionary(task => task.Name, task => Mean([.. members.Select(run => run.Predictions.Tasks[task.Name])]));
        return members[0] with
        {
            Variant = variant,
            Result = members[0].Result with
            {
                Parameters = members.Sum(run => run.Result.Parameters),
                TrainingSeconds = members.Sum(run => run.Result.TrainingSeconds),
                Test = null,
                Validation = null,
                Stitches = [],
                Relation = [],
            },
            Epochs = [],
            Predictions = new Predictions(outputs),
            Scores = ScoreTable.Of(source.Domain.Measures(source.Tasks), outputs, source.Labels),
        };
    }

    private static float[] Mean(float[][] outputs) => [.. Enumerable.Range(0, outputs[0].Length).Select(i => outputs.Average(one => one[i]))];
}
