using System.Text.Json;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Studies;
using CrossStitch.Experiments.Tests.Made;

namespace CrossStitch.Experiments.Tests.Studies;

public sealed class StudyPlanTests : IDisposable
{
    private static readonly StudyPlan Plan = StudyPlan.Compare(
        Recipe.For(new MadeData()) with { Threads = 1 },
        [SmallRuns.Catalog.Networks["single"], SmallRuns.Catalog.Networks["split"]],
        AuxiliarySet.Parse("each", ["kind", "side"]),
        [1, 2]);

    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-plan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_baseline_runs_once_a_seed_and_the_others_once_a_set()
    {
        var runs = Plan.Runs(SmallRuns.Catalog);
        Assert.Equal(
            ["single-seed1", "split-kind-seed1", "split-side-seed1", "split-all-seed1", "single-seed2", "split-kind-seed2", "split-side-seed2", "split-all-seed2"],
            runs.Select(run => run.FolderName));
        Assert.Equal("single", Plan.Baseline(SmallRuns.Catalog)!.Name);
    }

    [Fact]
    public void What_a_question_asks_comes_last_and_nothing_runs_twice()
    {
        var changed = Plan.Variants[3].With("slow", Plan.Recipe, SmallRuns.Catalog, one => one with { Training = one.Training with { LearningRate = 0.001 } });
        var asked = Plan.Ask(new Question("slow", "Slow?", "Is slow better?", []), [Plan.Variants[3], changed]);
        Assert.Equal(["split-all", "split-all@slow"], Assert.Single(asked.Questions).Variants);
        Assert.Equal([.. Plan.Runs(SmallRuns.Catalog).Select(run => run.FolderName), "split-all@slow-seed1", "split-all@slow-seed2"], asked.Runs(SmallRuns.Catalog).Select(run => run.FolderName));
        Assert.Equal(0.001, asked.Runs(SmallRuns.Catalog)[^1].Recipe.Training.LearningRate);
    }

    [Fact]
    public void The_plans_file_is_read_as_it_was_written()
    {
        var changed = Plan.Variants[3].With("slow", Plan.Recipe, SmallRuns.Catalog, one => one with { Training = one.Training with { LearningRate = 0.001 } });
        var asked = Plan.Ask(new Question("slow", "Slow?", "Is slow better?", []), [Plan.Variants[3], changed]);
        var file = StudyPlanFile.Of(asked, asked.Runs(SmallRuns.Catalog), null);
        Assert.Equal(2, file.Version);
        SmallRuns.Catalog.Json.Save(Path.Combine(_folder, StudyPlanFile.Name), file);

        var read = StudyPlanFile.Find(_folder, SmallRuns.Catalog)!;

        Assert.Equal(JsonSerializer.Serialize(file, SmallRuns.Catalog.Json.Indented), JsonSerializer.Serialize(read, SmallRuns.Catalog.Json.Indented));
        Assert.Equal(0.001, read.Variants[^1].Apply(read.Recipe!, 1, SmallRuns.Catalog).Training.LearningRate);
        Assert.Equal(10, read.Runs.Count);
    }

    [Fact]
    public void A_file_of_a_later_version_is_refused_and_without_one_there_is_no_plan()
    {
        Assert.Null(StudyPlanFile.Find(_folder, SmallRuns.Catalog));
        File.WriteAllText(Path.Combine(_folder, StudyPlanFile.Name), """{"version":3,"recipe":null,"variants":[],"runs":[],"questions":[]}""");
        Assert.Contains("a study of a later version", Assert.Throws<CrossStitchException>(() => StudyPlanFile.Find(_folder, SmallRuns.Catalog)).Message, StringComparison.Ordinal);
    }
}
