using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Tests.Studies;

public sealed class EnsembleRunsTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Fact]
    public void An_ensemble_averages_what_its_members_predict_and_questions_compare_what_they_name()
    {
        var recipe = SmallRuns.Recipe() with { Training = new() { Epochs = 1, BatchSize = 16 } };
        Variant Of(string network) => Variant.Of(recipe, SmallRuns.Catalog.Networks[network], recipe.Auxiliary());
        var (one, split) = (Of("single"), Of("split"));
        var two = one.With("second", recipe, SmallRuns.Catalog, single => single with { Member = 2 });
        var both = one with { Name = "single@ensemble", IsMain = false, Averages = [one.Name, two.Name] };
        var plan = new StudyPlan(recipe, [one, split], [1, 2], [])
            .Ask(
                new Question("ensemble", "Two for one?", "Are two better?", []) { Pairs = [new(both.Name, one.Name), new(split.Name, one.Name), new(both.Name, two.Name)] },
                [one, two, both, split])
            .Ask(
                new Question("kinds", "Kinds?", "Is a split network better at kinds?", []) { Pairs = [new(split.Name, split.Name)], Measures = ["kind_balanced_accuracy"] },
                [split]);
        Assert.Equal(6, plan.Runs(SmallRuns.Catalog).Count);
        new StudyRunner(plan, small.Data, small.Folder("ensemble"), SmallRuns.Catalog).Run();
        var study = Study.Load(small.Folder("ensemble"), SmallRuns.Catalog);

        Assert.Equal((8, 6, 6), (study.Runs.Count, study.Trained.Count(), study.Planned));
        StudyRun Run(string name, long seed) => study.Runs.Single(run => run.Variant.Name == name && run.Result.Seed == seed);
        var (first, second, mean) = (Run(one.Name, 2).Predictions.Tasks["level"], Run(two.Name, 2).Predictions.Tasks["level"], Run(both.Name, 2).Predictions.Tasks["level"]);
        Assert.All(Enumerable.Range(0, mean.Length), i => Assert.Equal((first[i] + second[i]) / 2, mean[i], 1e-6));
        Assert.Equal(2 * Run(one.Name, 1).Result.Parameters, Run(both.Name, 1).Result.Parameters);

        var results = StudyResults.Of(study);
        var answer = results.Questions[0];
        Assert.Equal([(both.Name, one.Name), (split.Name, one.Name), (both.Name, two.Name)], answer.Main.Select(comparison => (comparison.Variant, comparison.Baseline)));
        Assert.StartsWith("Of 3 comparisons, each with the network beside it, ", answer.Sentence, StringComparison.Ordinal);
        var balanced = Assert.Single(Assert.Single(results.Questions[1].Comparisons).Value);
        Assert.Equal(("kind_balanced_accuracy", 0.0), (balanced.Measure.Name, balanced.Difference));
        StudyFiles.Write(study, results);
        Assert.Contains("single@ensemble,single,", File.ReadAllText(Path.Combine(study.Folder, "results.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_balanced_measure_is_compared_by_its_balanced_mean()
    {
        var recipe = SmallRuns.Recipe() with { Training = new() { Epochs = 2, BatchSize = 16 } };
        Variant Of(string network) => Variant.Of(recipe, SmallRuns.Catalog.Networks[network], recipe.Auxiliary());
        new StudyRunner(new StudyPlan(recipe, [Of("split"), Of("cross-stitch")], [1, 2], []), small.Data, small.Folder("balanced"), SmallRuns.Catalog).Run();
        var study = Study.Load(small.Folder("balanced"), SmallRuns.Catalog);
        var measure = study.Measures.Single(measure => measure.Name == "kind_balanced_accuracy");
        var scores = ScoreSet.Of(study);
        double Mean(string variant) => study.Runs.Where(run => run.Variant.Name == variant).Average(run => measure.Over(run.Scores, study.Examples));
        Assert.Equal(Mean("cross-stitch-all") - Mean("split-all"), scores.Between("cross-stitch-all", "split-all", measure)!.Mean, 1e-12);
        Assert.Equal(Mean("split-all"), scores.SeedMeans("split-all", measure).Values.Average(), 1e-12);
    }
}
