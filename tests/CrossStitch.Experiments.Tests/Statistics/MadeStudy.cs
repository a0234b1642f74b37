using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Studies;
using CrossStitch.Experiments.Tests.Made;
using CrossStitch.Kernels;

namespace CrossStitch.Experiments.Tests.Statistics;

/// <summary>Studies whose networks were never trained: their errors are made up, so what must come out is known.</summary>
internal static class MadeStudy
{
    public const int Examples = 80;

    public static readonly Recipe Recipe = Experiments.Recipes.Recipe.For(new MadeData(TestExamples: Examples));

    public static readonly ExampleLabels Labels = ExampleLabels.Of(new MadeDataset(1, Examples).Test!, MadeData.AllTasks, MadeData.Tower);

    /// <summary>A run of which both numbers of an example are off by the same; of the sides, those of the first 8 samples are wrong.</summary>
    /// <param name="variant">Its variant.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="error">An example's error.</param>
    public static StudyRun Run(Variant variant, long seed, Func<int, double> error)
    {
        var outputs = new Dictionary<string, float[]>
        {
            ["level"] = [.. Enumerable.Range(0, Examples).SelectMany(i => Labels["level", i].ToArray().Select(level => (float)(level + error(i))))],
        };
        if (variant.Auxiliary.Contains("side"))
        {
            outputs["side"] = [.. Enumerable.Range(0, Examples).SelectMany(i => Labels["side", i][0] == (i < 8 ? 1 : 0) ? new float[] { 1, 0 } : [0, 1])];
        }

        return new StudyRun(
            variant,
            $"{variant.Name}-seed{seed}",
            variant.Apply(Recipe, seed, SmallRuns.Catalog),
            new RunResult(RunResult.CurrentVersion, seed, 1000, 1, 1, 7 * seed, null, null, [], []),
            [],
            Predictions.Of(outputs, MadeData.AllTasks),
            ScoreTable.Of(MadeDomain.All, outputs, Labels));
    }

    /// <summary>Runs whose errors are a variant's own amount and a little chance.</summary>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="variants">Each variant's name and error.</param>
    public static IReadOnlyList<StudyRun> Runs(int seeds, params (string Variant, double Error)[] variants) =>
    [
        .. from seed in Enumerable.Range(1, seeds)
           from index in Enumerable.Range(0, variants.Length)
           let random = new SeededRandom((ulong)index, (ulong)seed)
           let luck = 0.0005 * random.NextGaussian()
           select Run(Named(variants[index].Variant), seed, _ => variants[index].Error + luck + (0.002 * random.NextGaussian())),
    ];

    public static Study Of(IReadOnlyList<StudyRun> runs, params Question[] questions) => new(
        "", Recipe, Labels.Examples, [.. runs.Select(run => run.Variant).DistinctBy(variant => variant.Name).OrderBy(variant => variant.Name.Contains('@'))], runs, [], questions)
    {
        Catalog = SmallRuns.Catalog,
        Seeds = runs.Select(run => run.Recipe.Seed).Distinct().Count(),
        Planned = runs.Count,
    };

    /// <summary>A variant of the made tasks by the name that it has in tables.</summary>
    private static Variant Named(string name)
    {
        var network = SmallRuns.Catalog.Networks.All.Last(network => name.StartsWith(network.Name, StringComparison.Ordinal));
        var variant = Variant.Of(Recipe, network, Recipe.Auxiliary());
        return name == variant.Name ? variant : variant with { Name = name, IsMain = false };
    }
}
