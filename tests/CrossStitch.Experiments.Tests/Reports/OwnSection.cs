using System.Xml.Linq;
using CrossStitch.Experiments.Reports;

namespace CrossStitch.Experiments.Tests.Reports;

/// <summary>A section as an application adds it.</summary>
internal sealed class OwnSection() : ReportSection("own", "A section of one's own")
{
    public override string After => "verdict";

    public override IEnumerable<ReportPart> Content(StudyView view) => [ReportPart.Of(new XElement("p", $"{view.Networks.Count} networks."))];
}
