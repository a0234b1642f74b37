using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Statistics;

namespace CrossStitch.Experiments.Reports.Figures;

/// <summary>The main measure by the groups of the test examples.</summary>
internal static class GroupFigure
{
    /// <summary>More groups than this are no figure.</summary>
    private const int MostGroups = 12;

    /// <summary>Draws a panel a grouping, in it a place a group and there a dot a network.</summary>
    /// <returns>Null without a run that was measured, or without groups.</returns>
    public static Figure? Of(StudyView view)
    {
        var variants = view.Representatives.Where(variant => variant.Of(view.Main.Name) is not null).ToList();
        var panels = variants.Count == 0 ? [] : view.Study.Examples.Groupings.Select(grouping => Panel(view, grouping, variants)).OfType<FigurePanel>().ToList();
        return panels.Count == 0 ? null : new Figure(
            "groups",
            $"{char.ToUpperInvariant(view.Main.Title[0])}{view.Main.Title[1..]} by group",
            $"The {view.Study.Domain.Example}s of each true class; a dot is the mean over seeds, its line their range. How many there are is beside the group: few {view.Study.Domain.Example}s, little certainty.",
            $"{view.Main.Title} of {string.Join(", ", variants.Select(variant => variant.Name))}, by {string.Join(", ", panels.Select(panel => panel.Title))}.",
            panels,
            [.. variants.Select(variant => new FigureKey(FigureMark.Dot, view.ColorOf(variant), variant.Name))])
        { Columns = 2 };
    }

    private static FigurePanel? Panel(StudyView view, Grouping grouping, List<VariantSummary> variants)
    {
        var (main, study) = (view.Main, view.Study);
        var groups = grouping.Groups.Select((name, group) => (Name: name.Replace('-', '−'), Members: grouping.Members(group))).Where(group => group.Members.Length > 0).ToList();
        if (groups.Count is < 2 or > MostGroups)
        {
            return null;
        }

        // By variant, then by group: a number a seed.
        var values = variants.Select(variant => groups.Select(group => view.RunsOf(variant)
            .Select(run => main.Factor * main.Over(run.Scores, study.Examples, group.Members)).Where(double.IsFinite).ToList()).ToList()).ToList();
        var all = values.SelectMany(variant => variant).SelectMany(seeds => seeds).ToList();
        return all.Count == 0 ? null : Chart.Panel($"by {grouping.Name}", 480, 300, chart =>
        {
            var pad = Math.Max(0.05 * Math.Abs(all.Max()), 0.08 * (all.Max() - all.Min()));
            chart.Span(-0.5, groups.Count - 0.5, all.Min() < 0 ? all.Min() - pad : Math.Max(0, all.Min() - pad), all.Max() + pad).Room(52, 10, 44, 8)
                .AcrossNames($"true {grouping.Name}", groups.Select((group, i) => ((double)i, $"{group.Name} ({ResultText.Count(group.Members.Length)})")))
                .Up(main.Unit.Length > 0 ? $"{main.Title}, {main.Unit}" : main.Title);
            for (var i = 0; i < values.Count; i++)
            {
                for (var group = 0; group < groups.Count; group++)
                {
                    if (values[i][group] is { Count: > 0 } seeds)
                    {
                        var x = group + (0.12 * (i - ((values.Count - 1) / 2.0)));
                        chart.Segment(x, seeds.Min(), x, seeds.Max(), view.ColorOf(variants[i]));
                        chart.Mark(x, seeds.Average(), view.ColorOf(variants[i]));
                    }
                }
            }
        });
    }
}
