using System.Text;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Scores;
using CrossStitch.Faces.Training.Data;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Tables of a study: scores, and the names and groups of its test examples.</summary>
/// <param name="scratch">A folder for files.</param>
internal sealed class TableTarget(string scratch) : FuzzTarget
{
    private const string Scores = "scores.csv";
    private readonly string _path = Path.Combine(scratch, "table.csv");

    /// <inheritdoc/>
    public override IEnumerable<FuzzInput> Seeds()
    {
        var labels = SampleFaces.Labels(SampleFaces.Whole(4));
        labels.Examples.Save(_path);
        yield return new FuzzInput(TestExamples.FileName, InputForm.Lines, File.ReadAllBytes(_path));
        ScoreTable.Of(FaceMeasures.All, FaceTasks.All.ToDictionary(task => task.Name, task => new float[4 * task.Outputs]), labels).Save(_path);
        yield return new FuzzInput(Scores, InputForm.Lines, File.ReadAllBytes(_path));
        yield return new FuzzInput(Scores, InputForm.Lines, Encoding.UTF8.GetBytes("a,\"b \"\"c\"\"\"\r\n1,-0.5\r\n,1e-3\r\n"));
    }

    /// <inheritdoc/>
    public override void Run(FuzzInput input)
    {
        File.WriteAllBytes(_path, input.Bytes);
        if (input.Name == Scores)
        {
            ScoreTable.Load(_path).Save(_path);
            ScoreTable.Load(_path);
        }
        else
        {
            TestExamples.Load(_path, FaceTasks.All).Save(_path);
            TestExamples.Load(_path, FaceTasks.All);
        }
    }
}
