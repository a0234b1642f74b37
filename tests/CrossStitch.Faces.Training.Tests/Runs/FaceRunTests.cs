using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Measures;

namespace CrossStitch.Faces.Training.Tests.Runs;

[Collection(SmallRuns.Name)]
public sealed class FaceRunTests(SmallRuns small)
{
    [Fact]
    public void A_run_has_noted_the_faces_that_it_has_seen_and_what_a_person_watches()
    {
        var folder = small.Run("seen");
        var result = new TrainingRun(SmallRuns.Recipe(), small.Faces, folder).Execute();

        var path = Path.Combine(folder.FullPath, SeenFaces.FileName);
        var seen = SeenFaces.Load(path)!;
        Assert.Equal(small.Faces.TrainingFaces.Count, seen.CountIn(small.Faces.TrainingFaces));
        Assert.Equal(0, seen.CountIn(small.Faces.TestFaces!));
        var scores = folder.LoadMetrics()[^1].Scores!;
        Assert.Equal(["gender_accuracy", "glasses_accuracy", "mean_error", "pose_accuracy", "smile_accuracy"], scores.Keys.Order());
        Assert.All(scores, score => Assert.Equal(result.Validation!.Overall.Measures[score.Key], score.Value, 6));
        Assert.Equal(24, result.Test!.Groups["box"]["as drawn"].Examples);
        Assert.Equal(5, result.Stitches.Count);
    }

    [Fact]
    public void A_study_keeps_its_test_faces_and_refuses_damaged_ones()
    {
        var folder = small.Folder("study");
        var plan = StudyPlan.Compare(SmallRuns.Recipe(), [SmallRuns.Catalog.Networks["single"]], [[]], [1]);
        new StudyRunner(plan, small.Faces, folder, SmallRuns.Catalog).Run();

        var study = Study.Load(folder, SmallRuns.Catalog);
        var kept = ((FaceData)study.Domain.OpenTest(folder)!).Faces;
        Assert.Equal(small.Faces.TestFaces!.Faces, kept.Faces);
        Assert.True(small.Faces.TestFaces.Patch(3).SequenceEqual(kept.Patch(3)));
        Assert.Equal(kept.Faces.Select(face => face.ImagePath), study.Examples.Names);
        Assert.All(study.Runs, run => Assert.All(
            run.Result.Test!.Overall.Measures, measure => Assert.Equal(measure.Value, FaceMeasures.All.Single(known => known.Name == measure.Key).Over(run.Scores, study.Examples))));

        var path = Path.Combine(folder, "test-faces.crops");
        var bytes = File.ReadAllBytes(path);
        bytes[^40] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("test-faces.crops", Assert.Throws<CrossStitchException>(() => study.Domain.OpenTest(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_names_its_faces_and_does_not_go_on_with_others()
    {
        var folder = small.Run("other-faces");
        new TrainingRun(SmallRuns.Recipe(), small.Faces, folder).Execute();
        var others = new FaceDataset(small.Faces.TrainingFaces, small.Faces.TrainingFaces);
        using (var stopped = new CancellationTokenSource())
        {
            var half = small.Run("half");
            Assert.Throws<OperationCanceledException>(() => new TrainingRun(SmallRuns.Recipe(epochs: 2), small.Faces, half).Execute(_ => stopped.Cancel(), cancellation: stopped.Token));
            Assert.Contains("other faces", Assert.Throws<CrossStitchException>(() => new TrainingRun(SmallRuns.Recipe(epochs: 2), others, half).Execute()).Message, StringComparison.Ordinal);
        }

        Assert.Equal(small.Faces.Fingerprint, folder.LoadRecipe().Versions["data"]);
    }
}
