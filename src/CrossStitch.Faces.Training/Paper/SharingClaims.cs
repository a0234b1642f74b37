using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Training;

namespace CrossStitch.Faces.Training.Paper;

/// <summary>What section 6.3 says of α, a and b, held against a study. Only what the study can speak to is listed.</summary>
internal static class SharingClaims
{
    /// <summary>Holds the claims against a study.</summary>
    public static IReadOnlyList<ClaimCheck> Of(Study study) =>
        [.. new[] { Stitches(study), Scales(study), Shifts(study) }.OfType<ClaimCheck>()];

    private static ClaimCheck? Stitches(Study study)
    {
        var runs = RunsOf(study, "cross-stitch").Where(run => run.Result.Stitches.Count > 0).ToList();
        if (runs.Count == 0)
        {
            return null;
        }

        double Mean(int unit, Func<StitchSummary, double> measure) => runs.Average(run => measure(run.Result.Stitches[unit]));
        var units = runs[0].Result.Stitches.Select((stitch, unit) => (
            stitch.Layer,
            Same: Mean(unit, summary => (summary.Mean[0][0] + summary.Mean[1][1]) / 2),
            Other: Mean(unit, summary => (summary.Mean[0][1] + summary.Mean[1][0]) / 2),
            Attributes: Mean(unit, summary => summary.Mean[1][1]))).ToList();
        var (same, other) = (Stated(PaperQuantity.SameTaskCoefficient), Stated(PaperQuantity.OtherTaskCoefficient));
        var stay = units.SkipLast(1).All(unit => Math.Abs(unit.Same - same) < 0.1 && Math.Abs(unit.Other - other) < 0.1);
        var grows = units[^1].Attributes > Stated(PaperQuantity.LastSameTaskCoefficient) / 2;
        return Check(
            "After training has been completed, most α_S and α_D values stayed around 0.9 and 0.1, respectively. Though, the α_S and α_D in the last fully connected layer of the network for the attribute classification tasks updated to around 4 and 1.",
            stay,
            grows,
            $"{(stay ? "All units but the last stay within 0.1 of that" : "Not all units but the last stay within 0.1 of that")}, and the last {(grows ? "grows as the paper's" : "does not grow as the paper's")}. In {runs[0].Variant.Name}, α_S and α_D by unit: {string.Join("; ", units.Select(unit => $"{unit.Layer} {ResultText.Number(unit.Same)} and {ResultText.Number(unit.Other)}"))}; the last of the attributes' tower: {ResultText.Number(units[^1].Attributes)}.");
    }

    private static ClaimCheck? Scales(Study study)
    {
        if (Final(study, relation => relation.Scale) is not { } scales)
        {
            return null;
        }

        var values = scales.Values.Select(layer => layer.Value).ToList();
        var fell = values.All(value => value < 0.95);
        var grows = values.Zip(values.Skip(1)).Count(pair => pair.Second > pair.First) >= values.Count - 2 && values[^1] > values[0];
        return Check(
            "Though, the parameters a grew at each layer. For example, in the FL+all case, the parameters a are 0.56633, 0.712272, 0.733182, 0.718621, and 0.768055 from the first layer to the last.",
            fell,
            grows,
            $"{(fell ? "a falls below 1 in every layer" : "a does not fall below 1 in every layer")} and {(grows ? "grows from the first layer to the last" : "does not grow from the first layer to the last")}. In {scales.Variant}: {string.Join(", ", scales.Values.Select(layer => $"{layer.Layer} {ResultText.Number(layer.Value, 3)}"))}.");
    }

    private static ClaimCheck? Shifts(Study study)
    {
        if (Final(study, relation => relation.Shift) is not { } shifts)
        {
            return null;
        }

        var largest = shifts.Values.MaxBy(layer => Math.Abs(layer.Value));
        var small = Math.Abs(largest.Value) < 0.05;
        return Check(
            "Note that the weight's scalar parameters b generally stay around 0 so it does not contribute much to the weight regularization.",
            small,
            small,
            $"In {shifts.Variant}, the b furthest from 0 is that of {largest.Layer}: {ResultText.Number(largest.Value, 4)}.");
    }

    /// <summary>The runs of a network with the most auxiliary tasks that it was trained with.</summary>
    private static IEnumerable<StudyRun> RunsOf(Study study, string network)
    {
        var most = study.Runs.Where(run => run.Variant.IsMain && run.Variant.Network == network).MaxBy(run => run.Variant.Auxiliary.Count)?.Variant.Name;
        return study.Runs.Where(run => run.Variant.Name == most);
    }

    private static ClaimCheck Check(string quote, bool one, bool other, string sentence) => new(
        "6.3", quote, one && other ? ClaimFinding.Holds : one || other ? ClaimFinding.HoldsInPart : ClaimFinding.Contradicted, [], sentence);

    private static double Stated(PaperQuantity quantity) => PaperValues.All.First(value => value.Quantity == quantity).Value;

    private static (string Variant, List<(string Layer, double Value)> Values)? Final(Study study, Func<RelationSummary, double> measure)
    {
        var runs = RunsOf(study, "related-cross-stitch").Where(run => run.Result.Relation.Count > 0).ToList();
        return runs.Count == 0 ? null : (
            runs[0].Variant.Name,
            [.. runs[0].Result.Relation.Select((relation, layer) => (relation.Layer, runs.Average(run => measure(run.Result.Relation[layer]))))]);
    }
}
