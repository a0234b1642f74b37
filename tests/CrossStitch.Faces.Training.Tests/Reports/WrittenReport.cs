using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Crops;

namespace CrossStitch.Faces.Training.Tests.Reports;

/// <summary>A whole little study with its report, in a folder that is deleted afterwards.</summary>
public sealed class WrittenReport : IDisposable
{
    public const string Name = "Written report";

    public WrittenReport()
    {
        Study = TinyStudy.Of(Folder);
        TinyStudy.SaveWeights(Study);
        FaceCropFile.Save(Path.Combine(Folder, "test-faces.crops"), TinyStudy.Faces(Study.Examples.Count));
        Results = StudyResults.Of(Study);
        StudyReport.Write(Study, Results);
        Html = File.ReadAllText(Path.Combine(Folder, StudyReport.FileName));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("crossstitch-report-").FullName;

    public Study Study { get; }

    public StudyResults Results { get; }

    public string Html { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
