using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Tasks;

namespace CrossStitch.Experiments.Studies;

/// <summary>A study as it lies in its folder, finished or under way.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Recipe">What all runs have in common.</param>
/// <param name="Examples">The test examples that all runs were measured on.</param>
/// <param name="Variants">The variants of the plan.</param>
/// <param name="Runs">The finished runs whose files are whole, in the plan's order.</param>
/// <param name="Failures">The runs that failed when they were last tried, and those that are left out because a file of theirs is damaged.</param>
/// <param name="Questions">What it asks beside the main comparison.</param>
public sealed record Study(
    string Folder,
    Recipe Recipe,
    TestExamples Examples,
    IReadOnlyList<Variant> Variants,
    IReadOnlyList<StudyRun> Runs,
    IReadOnlyList<StudyFailure> Failures,
    IReadOnlyList<Question> Questions)
{
    /// <summary>What recipes name.</summary>
    public required Catalog Catalog { get; init; }

    /// <summary>How many seeds each network has by the plan, whether or not their runs have finished.</summary>
    public int Seeds { get; init; }

    /// <summary>How many runs the plan has.</summary>
    public int Planned { get; init; }

    /// <summary>The finished runs that were trained: without those whose predictions are averages of others'.</summary>
    public IEnumerable<StudyRun> Trained => Runs.Where(run => run.Variant.Averages is null);

    /// <summary>How its examples are measured and spoken of.</summary>
    public Domain Domain { get; } = Recipe.Data.Domain();

    /// <summary>The tasks of the data.</summary>
    public IReadOnlyList<LearningTask> Tasks { get; } = Recipe.Data.Tasks();

    /// <summary>What is measured; the first is the main measure.</summary>
    public IReadOnlyList<Measure> Measures { get; } = Recipe.Data.Domain().Measures(Recipe.Data.Tasks());

    /// <summary>The variant that the others are compared with; null without one.</summary>
    public Variant? Baseline => Variants.FirstOrDefault(variant => Catalog.Networks.Find(variant.Network) is { LearnsAuxiliary: false });

    /// <summary>Reads a study. A run with a damaged file is left out, and is among the <see cref="Failures"/>.</summary>
    /// <param name="folder">A folder that <see cref="StudyRunner"/> wrote.</param>
    /// <param name="catalog">What its recipes name.</param>
    /// <exception cref="CrossStitchException">It is no study's, or a file of the whole study is missing or damaged.</exception>
    public static Study Load(string folder, Catalog catalog)
    {
        var plan = StudyPlanFile.Find(folder, catalog)
            ?? throw new CrossStitchException($"{folder}: not the folder of a study (it has no {StudyPlanFile.Name}); name a folder that 'crossstitch compare' or 'crossstitch reproduce' wrote.");
        var folders = plan.Runs.Select(run => (Planned: run, Folder: new RunFolder(Path.Combine(folder, run.Folder), catalog))).ToList();
        var recipe = plan.Recipe ?? folders.Where(run => run.Folder.IsBegun).Select(run => run.Folder.TryRecipe()).FirstOrDefault(recipe => recipe is not null)
            ?? throw new CrossStitchException($"{folder}: this study has no run with a recipe yet; go on with the command that began it.");
        var source = new TestSource(folder, recipe);
        _ = source.Examples;
        var reader = new StudyRunReader(source, catalog);
        var variants = plan.Variants.ToDictionary(variant => variant.Name);
        var runs = new List<StudyRun>();
        var failures = new List<StudyFailure>();
        foreach (var (planned, run) in folders)
        {
            try
            {
                if (run.IsFinished)
                {
                    runs.Add(reader.Read(variants[planned.Variant], planned, run));
                }
                else if (run.Failure is { } reason)
                {
                    failures.Add(new StudyFailure(planned.Variant, planned.Seed, reason));
                }
            }
            catch (CrossStitchException error)
            {
                // Within the study, wherever it lies now.
                failures.Add(new StudyFailure(planned.Variant, planned.Seed, error.Message.Replace(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)) { IsDamaged = true });
            }
        }

        runs.AddRange(plan.Variants.SelectMany(variant => EnsembleRuns.Of(variant, runs, source)).ToList());
        return new Study(folder, recipe, source.Examples, plan.Variants, runs, failures, plan.Questions)
        {
            Catalog = catalog,
            Seeds = plan.Runs.Select(run => run.Seed).Distinct().Count(),
            Planned = plan.Runs.Count,
        };
    }
}
