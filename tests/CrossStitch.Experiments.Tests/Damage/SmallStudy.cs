using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Tests.Damage;

/// <summary>A study of three runs, with copies of it to be damaged.</summary>
public sealed class SmallStudy : IDisposable
{
    private readonly SmallRuns _small = new();
    private int _copies;

    public SmallStudy()
    {
        var recipe = SmallRuns.Recipe() with { Training = new() { Epochs = 2, BatchSize = 16 } };
        Variant Of(string network) => Variant.Of(recipe, SmallRuns.Catalog.Networks[network], ["kind", "side"]);
        Plan = new StudyPlan(recipe, [Of("single"), Of("split"), Of("related-cross-stitch")], [1], []);
        Plan = Plan.Ask(new Question("why", "Why?", "Why is it so?", []), [Plan.Variants[0], Plan.Variants[2]]);
        Folder = _small.Folder("whole");
        new StudyRunner(Plan, _small.Data, Folder, SmallRuns.Catalog).Run();
    }

    public const string Stitched = "related-cross-stitch-all-seed1";

    /// <summary>The files of a study and of one of its runs that are text.</summary>
    public static readonly string[] Files =
        ["study.json", "test-examples.csv", .. new[] { "recipe.json", "result.json", "metrics.jsonl", "predictions.json", "scores.csv" }.Select(name => $"{Stitched}/{name}")];

    public StudyPlan Plan { get; }

    public string Folder { get; }

    public StudyRunner Runner(string folder, bool redoDamaged = false) => new(Plan, _small.Data, folder, SmallRuns.Catalog, redoDamaged: redoDamaged);

    /// <summary>A copy that may be damaged.</summary>
    public string Copy()
    {
        var copy = _small.Folder($"copy{_copies++}");
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public void Dispose() => _small.Dispose();
}
