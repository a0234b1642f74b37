using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Tests.Reports;

/// <summary>A whole little study with its report, in a folder that is deleted afterwards.</summary>
public sealed class WrittenReport : IDisposable
{
    public const string Name = "Written report";

    public WrittenReport()
    {
        Study = TinyStudy.Of(Folder);
        TinyStudy.SaveWeights(Study);
        Results = StudyResults.Of(Study);
        StudyReport.Write(Study, Results, Folder);
        Html = File.ReadAllText(Path.Combine(Folder, StudyReport.FileName));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("crossstitch-report-").FullName;

    public Study Study { get; }

    public StudyResults Results { get; }

    public string Html { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
