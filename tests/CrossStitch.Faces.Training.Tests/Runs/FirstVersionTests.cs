using System.Runtime.CompilerServices;
using CrossStitch.Experiments.Runs;
using CrossStitch.Faces.Training.Annotations;

namespace CrossStitch.Experiments.Tests.Runs;

/// <summary>Files of a run on eight test faces, with the tasks pose and smile, as version 0.1.0 wrote them.</summary>
public sealed class FirstVersionTests : IDisposable
{
    private readonly RunFolder _run = new(Directory.CreateTempSubdirectory("first-version-").FullName);

    public FirstVersionTests()
    {
        File.Copy(Path.Combine(ThisFolder(), "result-0.1.0.json"), _run.ResultPath);
        File.Copy(Path.Combine(ThisFolder(), "predictions-0.1.0.json"), _run.PredictionsPath);
    }

    public void Dispose() => Directory.Delete(_run.FullPath, recursive: true);

    [Fact]
    public void Its_predictions_are_read()
    {
        var predictions = _run.LoadPredictions();

        Assert.Equal(80, predictions.Landmarks!.Length);
        Assert.Equal(["pose", "smile"], predictions.Attributes.Keys);
        Assert.Equal(Enumerable.Repeat(2, 8), predictions[FaceAttribute.Pose]!);
        Assert.Null(predictions[FaceAttribute.Gender]);
    }

    [Fact]
    public void Its_result_is_read_with_poses_by_the_names_of_their_classes()
    {
        var test = _run.LoadResult().Test!;

        Assert.Equal(0.5, test.Overall[FaceAttribute.Pose]!.Accuracy);
        Assert.Equal([4, 0], test.Overall[FaceAttribute.Smile]!.Confusion[1]);
        Assert.Null(test.Overall[FaceAttribute.Glasses]);
        Assert.Equal(["-30°", "0°", "30°", "60°"], test.ByPose.Keys);
        Assert.Equal(4, test.ByPose["0°"].Faces);
        Assert.Equal(0.4381066992158085, Assert.Single(test.BySource).Value.Landmarks!.Overall.MeanError);
    }

    [Theory]
    [InlineData("\"smile\"", "\"mood\"", "mood")]
    [InlineData("[2,2", "[2,\"x\"", "this value does not fit here")]
    public void A_file_with_something_else_in_it_is_one_line_that_says_what(string written, string replaced, string reason)
    {
        File.WriteAllText(_run.PredictionsPath, File.ReadAllText(_run.PredictionsPath).Replace(written, replaced, StringComparison.Ordinal));

        var message = Assert.Throws<CrossStitchException>(_run.LoadPredictions).Message;

        Assert.StartsWith($"{_run.PredictionsPath}(1): not a set of predictions of this version: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
