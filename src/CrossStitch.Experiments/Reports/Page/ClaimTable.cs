using System.Xml.Linq;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>What others claim beside what this study sees.</summary>
internal static class ClaimTable
{
    private static readonly string[] Heads = ["the claim", "we see", "here"];

    /// <summary>A row a claim.</summary>
    public static XElement Of(IReadOnlyList<ClaimCheck> claims) => Html.Tag(
        "div",
        Html.Class("scroll"),
        Html.Tag(
            "table",
            Html.Tag("thead", Html.Tag("tr", Heads.Select(head => Html.Tag("th", Html.Of("scope", "col"), Html.Class("left"), head)))),
            Html.Tag("tbody", claims.Select(claim => Html.Tag(
                "tr",
                Html.Tag("th", Html.Of("scope", "row"), Html.Class("wrap"), $"“{claim.Quote}”", Html.Tag("small", $"section {claim.Section}")),
                Html.Tag("td", Html.Class("left wrap"), claim.Sentence),
                Html.Tag("td", Html.Class("left"), Mark(claim.Finding)))))));

    private static XElement Mark(ClaimFinding finding) => finding switch
    {
        ClaimFinding.Holds => Html.Tag("span", Html.Class("mark better"), "holds"),
        ClaimFinding.HoldsInPart => Html.Tag("span", Html.Class("mark"), "holds in part"),
        ClaimFinding.NotShown => Html.Tag("span", Html.Class("mark"), "not shown"),
        ClaimFinding.Contradicted => Html.Tag("span", Html.Class("mark worse"), "does not hold"),
        _ => Html.Tag("span", Html.Class("mark"), "not tested"),
    };
}
