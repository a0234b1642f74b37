using CrossStitch.Experiments.Reports;
using CrossStitch.Experiments.Reports.Figures;
using CrossStitch.Experiments.Reports.Page;

namespace CrossStitch.Tenants.Tests;

/// <summary>A section of the report: how many parameters each network has, in words and as a figure.</summary>
internal sealed class CountSection() : ReportSection("sizes", "How large the networks are")
{
    public override string After => "networks";

    public override IEnumerable<ReportPart> Content(StudyView view) =>
    [
        ReportPart.Of(Html.Tag("p", string.Join(", ", view.Networks.Select(network => $"{network.Name} has {network.Parameters} parameters")))),
        ReportPart.Of(
            new Figure("sizes-drawn", "Sizes", "Parameters of each network.", "Bars.", [Chart.Panel("", 480, 200, chart =>
            {
                chart.Span(-0.5, view.Networks.Count - 0.5, 0, view.Networks.Max(network => network.Parameters)).Room(60, 10, 40, 10);
                for (var i = 0; i < view.Networks.Count; i++)
                {
                    chart.Segment(i, 0, i, view.Networks[i].Parameters, view.ColorOf(view.Networks[i]));
                }
            })], []),
            "sizes"),
    ];
}
