using System.Xml.Linq;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>What the paper claims beside what this study sees.</summary>
internal static class ClaimTable
{
    private static readonly string[] Heads = ["the paper says", "we see", "here"];

    /// <summary>A row a claim.</summary>
    public static XElement Of(IReadOnlyList<Claim> claims) => Html.Tag(
        "div",
        Html.Class("scroll"),
        Html.Tag(
            "table",
            Html.Tag("thead", Html.Tag("tr", Heads.Select(head => Html.Tag("th", Html.Of("scope", "col"), Html.Class("left"), head)))),
            Html.Tag("tbody", claims.Select(claim => Html.Tag(
                "tr",
                Html.Tag("th", Html.Of("scope", "row"), Html.Class("wrap"), claim.Says, Html.Tag("small", $"section {claim.Section}")),
                Html.Tag("td", Html.Class("left wrap"), claim.Seen),
                Html.Tag("td", Html.Class("left"), Mark(claim.Standing)))))));

    private static XElement Mark(ClaimStanding standing) => standing switch
    {
        ClaimStanding.Holds => Html.Tag("span", Html.Class("mark better"), "holds"),
        ClaimStanding.Fails => Html.Tag("span", Html.Class("mark worse"), "does not hold"),
        ClaimStanding.Partly => Html.Tag("span", Html.Class("mark"), "holds in part"),
        _ => Html.Tag("span", Html.Class("mark"), "cannot be told"),
    };
}
