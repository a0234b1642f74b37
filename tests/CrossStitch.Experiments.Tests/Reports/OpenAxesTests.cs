using System.Xml.Linq;
using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Tests.Reports;

/// <summary>What an application adds to the catalog is compared, resumed, reported and exported like what is there.</summary>
public sealed class OpenAxesTests(SmallRuns small) : IClassFixture<SmallRuns>
{
    [Fact]
    public void A_network_and_a_section_of_ones_own_are_trained_compared_reported_and_exported()
    {
        var catalog = SmallRuns.NewCatalog();
        catalog.Networks.Add(new OwnNetwork());
        catalog.Sections.Add(new OwnSection());
        var recipe = SmallRuns.Recipe() with { Training = new() { Epochs = 1, BatchSize = 16 } };
        var plan = StudyPlan.Compare(recipe, [catalog.Networks["single"], catalog.Networks["tower-a-task"]], [["kind", "side"]], [1]);
        Assert.Equal(["single", "tower-a-task-all"], plan.Variants.Select(variant => variant.Name));

        new StudyRunner(plan, small.Data, small.Folder("own"), catalog).Run();

        var study = Study.Load(small.Folder("own"), catalog);
        Assert.Equal(3, study.Runs[1].Result.Stitches[0].Mean.Count);
        StudyReport.Write(study, StudyResults.Of(study));
        var page = XDocument.Parse(File.ReadAllText(Path.Combine(study.Folder, StudyReport.FileName)));
        var headings = page.Descendants("h2").Select(heading => heading.Value).ToList();
        Assert.Equal(1, headings.IndexOf("A section of one's own"));
        Assert.Contains("#123456", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("face", page.Root!.Element("body")!.Value, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(page.Descendants().Attributes("id").GroupBy(id => id.Value), ids => ids.Count() > 1);

        var run = new RunFolder(Path.Combine(study.Folder, "tower-a-task-all-seed1"), catalog);
        Assert.Equal(["level", "kind", "side"], RunExport.Save(run, small.Folder("own.xstitch")).Heads.Select(head => head.Name));
    }
}
