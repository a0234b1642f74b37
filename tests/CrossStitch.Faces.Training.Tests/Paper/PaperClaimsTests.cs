using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Kernels;
using CrossStitch.Towers;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Tests.Paper;

public sealed class PaperClaimsTests
{
    private const int Faces = 80;

    private static readonly float[] Points = [0.3f, 0.7f, 0.5f, 0.35f, 0.65f, 0.4f, 0.4f, 0.6f, 0.8f, 0.8f];

    private static readonly Recipe Base = Recipe.For(new DrawnData(0, Faces));

    private static readonly ExampleLabels Labels = ExampleLabels.Of(
        new FaceData(new FaceCropSet(
            new CropSettings(1, 0),
            [.. Enumerable.Range(0, Faces).Select(i => new FaceCrop($"{i}.jpg", new FaceBox(20, 20, 40, BoxSource.Detector), FaceLandmarks.FromNumbers(Points), new FaceAttributes([2, 0, 0, 0])))],
            new byte[Faces])),
        FaceTasks.All,
        new TowerShape([1, 1, 1], [new DenseStage("fc", 1)]));

    [Fact]
    public void Claims_of_the_paper_are_checked()
    {
        var claims = Claims(3, ("single", 0.030), ("split-all", 0.040), ("cross-stitch-all", 0.025), ("related-cross-stitch-all", 0.030));

        Assert.Equal([ClaimFinding.Holds, ClaimFinding.NotShown, ClaimFinding.Contradicted], claims.Select(claim => claim.Finding));
        Assert.Equal(
            "This does not hold: of 1 related cross-stitch networks against the same without the relation, 0 with a lower mean error, 1 with a higher one and 0 with no difference seen.",
            claims[2].Sentence);
        Assert.All(Claims(3), claim => Assert.Equal(ClaimFinding.NotTested, claim.Finding));
    }

    /// <summary>That a small study sees no difference does not make two networks alike; a large difference or a narrow interval says so.</summary>
    [Theory]
    [InlineData(8, 0.0300, ClaimFinding.Holds)]
    [InlineData(2, 0.0300, ClaimFinding.NotShown)]
    [InlineData(8, 0.0330, ClaimFinding.Contradicted)]
    [InlineData(8, 0.0270, ClaimFinding.Contradicted)]
    public void Networks_are_similar_only_where_the_whole_interval_is_near_the_baseline(int seeds, double error, ClaimFinding finding)
    {
        var claim = Claims(seeds, ("single", 0.03), ("related-cross-stitch-all", error))[1];

        Assert.Equal(finding, claim.Finding);
        Assert.EndsWith($"; of {(finding == ClaimFinding.Holds ? 1 : 0)} the whole interval lies within 5 % of the baseline's mean error.", claim.Sentence);
    }

    [Theory]
    [InlineData(0.9, 4, ClaimFinding.Holds)]
    [InlineData(0.9, 1, ClaimFinding.HoldsInPart)]
    [InlineData(0.7, 1, ClaimFinding.Contradicted)]
    public void Whether_stitches_stayed_and_the_last_grew_is_read_off_the_runs(double inner, double last, ClaimFinding finding)
    {
        StitchSummary Unit(string layer, double same) => new(layer, [[same, 0.1], [0.1, same]], 0, 5);
        var study = Study(1, ("cross-stitch-all", 0.03));
        study = study with { Runs = [.. study.Runs.Select(run => run with { Result = run.Result with { Stitches = [Unit("pool1", inner), Unit("fc", last)] } })] };

        Assert.Equal(finding, Assert.Single(StudyResults.Of(study).Claims, claim => claim.Section == "6.3").Finding);
    }

    [Fact]
    public void Whether_a_fell_and_grew_and_b_stayed_is_read_off_the_runs()
    {
        var study = Study(1, ("related-cross-stitch-all", 0.03));
        RelationSummary[] relation = [new("pool1", 0, 0.57, 0.001, 1), new("pool2", 0, 0.71, 0.002, 1), new("fc", 0, 0.77, -0.2, 1)];
        study = study with { Runs = [.. study.Runs.Select(run => run with { Result = run.Result with { Relation = relation } })] };

        var claims = StudyResults.Of(study).Claims.Where(claim => claim.Section == "6.3").ToList();
        Assert.Equal([ClaimFinding.Holds, ClaimFinding.Contradicted], claims.Select(claim => claim.Finding));
        Assert.Contains("fc: −0.2000", claims[1].Sentence, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ClaimCheck> Claims(int seeds, params (string Variant, double Error)[] variants) => StudyResults.Of(Study(seeds, variants)).Claims;

    private static Study Study(int seeds, params (string Variant, double Error)[] variants)
    {
        var known = variants.Select(variant => SmallRuns.Catalog.Networks.All
            .Select(network => Variant.Of(Base, network, Base.Auxiliary())).Single(one => one.Name == variant.Variant)).ToList();
        IReadOnlyList<StudyRun> runs =
        [
            .. from seed in Enumerable.Range(1, seeds)
               from index in Enumerable.Range(0, variants.Length)
               let random = new SeededRandom((ulong)index, (ulong)seed)
               let luck = 0.0005 * random.NextGaussian()
               select Run(known[index], seed, _ => variants[index].Error + luck + (0.002 * random.NextGaussian())),
        ];
        return new Study("", Base, Labels.Examples, known, runs, [], []) { Catalog = SmallRuns.Catalog, Seeds = seeds, Planned = runs.Count };
    }

    /// <summary>A run of which every face's five points are off by the same.</summary>
    private static StudyRun Run(Variant variant, long seed, Func<int, double> error)
    {
        var outputs = new Dictionary<string, float[]>
        {
            ["landmarks"] = [.. Enumerable.Range(0, Faces).SelectMany(face => error(face) is var off ? Points.Select((number, i) => i < FaceLandmarks.Count ? number + (float)off : number) : [])],
        };
        return new StudyRun(
            variant,
            $"{variant.Name}-seed{seed}",
            variant.Apply(Base, seed, SmallRuns.Catalog),
            new RunResult(RunResult.CurrentVersion, seed, 1000, 1, 1, 7, null, null, [], []),
            [],
            Predictions.Of(outputs, FaceTasks.All),
            ScoreTable.Of(FaceMeasures.All, outputs, Labels));
    }
}
