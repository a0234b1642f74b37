using System.Text.Json;
using System.Xml.Linq;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Reports.Page;

/// <summary>What is needed to repeat the study: recipes, versions, what failed, the commands.</summary>
internal static class RecipeSection
{
    private static readonly string[] FailureHeads = ["network", "seed", "reason"];

    /// <summary>The runs that failed, and those with damaged files.</summary>
    public static IEnumerable<XElement> Failures(IReadOnlyList<StudyFailure> failures) => failures.GroupBy(failure => failure.IsDamaged).OrderBy(group => group.Key).Select(group => Html.Tag(
        "div",
        Html.Tag("p", $"{ResultText.Plural(group.Count(), "run")} {(group.Key ? $"{(group.Count() == 1 ? "has" : "have")} a damaged file" : "failed")} and {(group.Count() == 1 ? "is" : "are")} missing from every number above.{(group.Key ? $" {StudyFailure.Repair}" : "")}"),
        Html.Tag("div", Html.Class("scroll"), Html.Of("tabindex", 0), Html.Tag(
            "table",
            Html.Tag("thead", Html.Tag("tr", FailureHeads.Select((head, i) => Html.Tag("th", Html.Of("scope", "col"), i == 1 ? null : Html.Class("left"), head)))),
            Html.Tag("tbody", group.Select(failure => Html.Tag(
                "tr",
                Html.Tag("th", Html.Of("scope", "row"), failure.Variant),
                Html.Tag("td", failure.Seed),
                Html.Tag("td", Html.Class("left wrap"), failure.Reason))))))));

    /// <summary>A fold with a fold a variant: its recipe as JSON and its seeds.</summary>
    public static XElement? Recipes(Study study) => study.Trained.ToList() is not { Count: > 0 } runs ? null : Html.Tag(
        "details",
        Html.Tag("summary", ResultText.Plural(runs.DistinctBy(run => run.Variant.Name).Count(), "recipe")),
        Html.Tag("div", Html.Class("nested"), Each(study)));

    private static IEnumerable<XElement> Each(Study study) => study.Trained.GroupBy(run => run.Variant.Name).Select(group => Html.Tag(
        "details",
        Html.Tag("summary", group.Key),
        Html.Tag("p", Html.Class("note"), $"Seeds {string.Join(", ", group.Select(run => run.Result.Seed).Order())}; the recipe is the first one's."),
        Html.Tag("pre", Html.Of("tabindex", 0), Html.Tag("code", JsonSerializer.Serialize(Portable(group.MinBy(run => run.Result.Seed)!.Recipe), study.Catalog.Json.Indented)))));

    /// <summary>What ran the study: each version once, with its name.</summary>
    public static XElement? Versions(IReadOnlyList<StudyRun> runs)
    {
        var versions = runs.SelectMany(run => run.Recipe.Versions).GroupBy(version => version.Key)
            .Select(version => (Name: version.Key, Values: string.Join(", ", version.Select(one => one.Value).Distinct()))).ToList();
        return versions.Count == 0 ? null : Html.Tag(
            "dl",
            Html.Class("facts"),
            versions.Select(version => Html.Tag("div", Html.Tag("dt", version.Name), Html.Tag("dd", version.Values))));
    }

    /// <summary>The commands that repeat the study and draw this page again; null if there are none.</summary>
    public static XElement? Commands(Study study) => study.Domain.Command(study) is not { } command ? null : Html.Tag(
        "pre",
        Html.Class("commands"),
        Html.Of("tabindex", 0),
        Html.Tag("code", command));

    /// <summary>Without the folders of the machine that it ran on, which tell a reader nothing.</summary>
    private static Recipe Portable(Recipe recipe) => recipe with { Data = recipe.Data.Portable() };
}
