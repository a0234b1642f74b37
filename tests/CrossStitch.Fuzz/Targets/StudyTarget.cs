using CrossStitch.Experiments.Catalogs;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Fuzz.Inputs;
using CrossStitch.Fuzz.Samples;

namespace CrossStitch.Fuzz.Targets;

/// <summary>Folders of studies. Of some inputs, what is accepted is evaluated and written, of fewer with the report: that takes far longer than to read it.</summary>
/// <param name="scratch">A folder for files.</param>
/// <param name="firstVersion">Whether the study is one that version 0.1.0 wrote.</param>
internal sealed class StudyTarget(string scratch, bool firstVersion) : FolderTarget(scratch)
{
    private const uint InputsOfResults = 12;
    private const uint InputsOfAReport = 120;

    private readonly Catalog _catalog = Cli.CommandCatalog.Create();

    /// <inheritdoc/>
    protected override void Fill()
    {
        if (!firstVersion)
        {
            SampleStudy.Write(Folder, _catalog);
            return;
        }

        var source = Path.Combine(AppContext.BaseDirectory, "first-version", "study");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <inheritdoc/>
    protected override bool IsChanged(string name) => !name.StartsWith("results.", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override void Use(FuzzInput input)
    {
        var study = Study.Load(Folder, _catalog);
        foreach (var variant in study.Variants)
        {
            // Where the plan is of version 1, a variant that never ran has no network.
            if (variant.Network.Length > 0)
            {
                variant.Apply(study.Recipe, 1, _catalog);
            }
        }

        var chance = ZipChecksum.Of(input.Bytes);
        if (chance % InputsOfResults != 0)
        {
            return;
        }

        var results = StudyResults.Of(study);
        StudyFiles.Write(study, results);
        if (chance % InputsOfAReport == 0)
        {
            StudyReport.Write(study, results);
        }

        BrokenPromiseException.Unless(Directory.EnumerateFileSystemEntries(Around).Count() == 1, "something is written outside the folder");
        foreach (var file in Directory.EnumerateFiles(Folder).Where(file => Path.GetFileName(file) is StudyFiles.CsvName or StudyFiles.ComparisonsName or StudyFiles.MarkdownName or StudyReport.FileName))
        {
            BrokenPromiseException.Unless(!HiddenText.IsIn(File.ReadAllText(file)), $"{Path.GetExtension(file)[1..]} files hold control characters of a study's files");
        }
    }
}
