using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Training;

namespace CrossStitch.Experiments.Reports;

/// <summary>The claims of sections 6.1 to 6.3, held against a study. Only what the study can speak to is listed.</summary>
internal static class PaperClaims
{
    /// <summary>Holds the claims against a study.</summary>
    public static IReadOnlyList<Claim> Of(StudyView view) =>
        [.. new[] { Split(view), Related(view), RelatedIsBaseline(view), Stitches(view), Scales(view), Shifts(view) }.OfType<Claim>()];

    private static Claim? Split(StudyView view)
    {
        var counts = Counts(view, NetworkKind.Split);
        return counts.All == 0 ? null : new Claim(
            "6.1",
            "Split networks find landmarks worse than the single-task baseline.",
            $"Of {Words.Plural(counts.All, "split network")}, {counts.Worse} {Is(counts.Worse)} worse, {counts.Better} better, {counts.Same} not to be told from the baseline.",
            counts.Worse == counts.All ? ClaimStanding.Holds : counts.Worse > 0 ? ClaimStanding.Partly : counts.Better > 0 ? ClaimStanding.Fails : ClaimStanding.Unknown);
    }

    private static Claim? Related(StudyView view)
    {
        var pairs = view.Networks.Where(variant => variant.Network == NetworkKind.RelatedCrossStitch)
            .Select(related => (Related: related, Plain: view.Networks.FirstOrDefault(plain =>
                plain.Network == NetworkKind.CrossStitch && plain.Auxiliary.SequenceEqual(related.Auxiliary))))
            .Where(pair => pair.Plain is not null).ToList();
        if (pairs.Count == 0)
        {
            return null;
        }

        var lower = pairs.Count(pair => pair.Related.MeanError.Mean < pair.Plain!.MeanError.Mean);
        var gain = pairs.Average(pair => pair.Related.MeanError.Mean - pair.Plain!.MeanError.Mean);
        return new Claim(
            "6.2",
            "Tying the weights improves the cross-stitch network.",
            $"With tied weights the mean error is lower for {lower} of {Words.Plural(pairs.Count, "set")} of auxiliary tasks; on average it changes by {Words.Signed(gain)} % of the box width. Figures 6 and 7 show the intervals.",
            lower == pairs.Count ? ClaimStanding.Holds : lower == 0 ? ClaimStanding.Fails : ClaimStanding.Partly);
    }

    private static Claim? RelatedIsBaseline(StudyView view)
    {
        var counts = Counts(view, NetworkKind.RelatedCrossStitch);
        return counts.All == 0 ? null : new Claim(
            "6.2",
            "The cross-stitch network with tied weights is about as good as the baseline.",
            $"Of {Words.Plural(counts.All, "such network")}, {counts.Same} {Is(counts.Same)} not to be told from the baseline, {counts.Better} {Is(counts.Better)} better, {counts.Worse} worse.",
            counts.Same == counts.All ? ClaimStanding.Holds : counts.Same > 0 ? ClaimStanding.Partly : ClaimStanding.Fails);
    }

    private static Claim? Stitches(StudyView view)
    {
        var runs = view.RunsOf(NetworkKind.CrossStitch).Where(run => run.Result.Stitches.Count > 0).ToList();
        if (runs.Count == 0)
        {
            return null;
        }

        double Mean(int unit, Func<StitchSummary, double> measure) => runs.Average(run => measure(run.Result.Stitches[unit]));
        var units = runs[0].Result.Stitches.Select((stitch, unit) => (
            stitch.Layer,
            Same: Mean(unit, summary => (summary.Mean[0][0] + summary.Mean[1][1]) / 2),
            Other: Mean(unit, summary => (summary.Mean[0][1] + summary.Mean[1][0]) / 2))).ToList();
        var stay = units.SkipLast(1).All(unit => Math.Abs(unit.Same - 0.9) < 0.1 && Math.Abs(unit.Other - 0.1) < 0.1);
        var grows = units[^1].Same > 2;
        return new Claim(
            "6.3",
            "α stays near 0.9 and 0.1 in every unit but the last, which moves to about 4 and 1.",
            $"In {runs[0].Variant}, same and other by unit: {string.Join("; ", units.Select(unit => $"{unit.Layer} {Words.Number(unit.Same)} and {Words.Number(unit.Other)}"))}.",
            stay && grows ? ClaimStanding.Holds : stay || grows ? ClaimStanding.Partly : ClaimStanding.Fails);
    }

    private static Claim? Scales(StudyView view)
    {
        if (Final(view, relation => relation.Scale) is not { } scales)
        {
            return null;
        }

        var values = scales.Values.Select(layer => layer.Value).ToList();
        var fell = values.All(value => value < 0.95);
        var grows = values.Zip(values.Skip(1)).Count(pair => pair.Second > pair.First) >= values.Count - 2 && values[^1] > values[0];
        return new Claim(
            "6.3",
            "a falls below 1 in every layer and is larger in later layers (0.566, 0.712, 0.733, 0.719, 0.768): there the towers are more alike.",
            $"In {scales.Variant}, a by layer: {string.Join(", ", scales.Values.Select(layer => $"{layer.Layer} {Words.Number(layer.Value, 3)}"))}.",
            fell && grows ? ClaimStanding.Holds : fell || grows ? ClaimStanding.Partly : ClaimStanding.Fails);
    }

    private static Claim? Shifts(StudyView view)
    {
        if (Final(view, relation => relation.Shift) is not { } shifts)
        {
            return null;
        }

        var largest = shifts.Values.MaxBy(layer => Math.Abs(layer.Value));
        return new Claim(
            "6.3",
            "b stays around 0 and contributes little.",
            $"In {shifts.Variant}, the b furthest from 0 is that of {largest.Layer}: {Words.Number(largest.Value, 4)}.",
            Math.Abs(largest.Value) < 0.05 ? ClaimStanding.Holds : ClaimStanding.Fails);
    }

    private static (string Variant, List<(string Layer, double Value)> Values)? Final(StudyView view, Func<RelationSummary, double> measure)
    {
        var runs = view.RunsOf(NetworkKind.RelatedCrossStitch).Where(run => run.Result.Relation.Count > 0).ToList();
        return runs.Count == 0 ? null : (
            runs[0].Variant,
            [.. runs[0].Result.Relation.Select((relation, layer) => (relation.Layer, runs.Average(run => measure(run.Result.Relation[layer]))))]);
    }

    private static (int All, int Better, int Worse, int Same) Counts(StudyView view, NetworkKind network)
    {
        var verdicts = view.Networks.Where(variant => variant.Network == network).Select(variant => variant.AgainstBaseline?.Verdict).OfType<Verdict>().ToList();
        return (
            verdicts.Count,
            verdicts.Count(verdict => verdict == Verdict.Better),
            verdicts.Count(verdict => verdict == Verdict.Worse),
            verdicts.Count(verdict => verdict == Verdict.NotDistinguishable));
    }

    private static string Is(int count) => count == 1 ? "is" : "are";
}
