using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Comparison;
using CrossStitch.Experiments.Recipes;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Faces;
using CrossStitch.Faces.Crops;
using CrossStitch.Faces.Training.Annotations;
using CrossStitch.Faces.Training.Crops;
using Spectre.Console.Testing;

namespace CrossStitch.Cli.Tests;

public sealed class StudyDisplayTests
{
    private static readonly IReadOnlyList<VariantSummary> Networks = [.. Verdicts().Select(network => Summary(network.Name, network.Verdict))];

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(140)]
    public void At_any_width_a_network_and_its_verdict_stand_on_one_line(int width)
    {
        var lines = Show(width, BoxSource.Detector);

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.All(Networks, network =>
        {
            var line = Assert.Single(lines, line => line.StartsWith(network.Variant + " ", StringComparison.Ordinal));
            Assert.Contains("2.84", line, StringComparison.Ordinal);
            Assert.EndsWith(network.AgainstBaseline is { } comparison ? ResultText.Of(comparison.Verdict) : "", line.TrimEnd(), StringComparison.Ordinal);
        });
        Assert.Equal(20, lines.Count(line => line.Contains("−0.27 to −0.03", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_wide_terminal_has_p_as_the_report_writes_it() =>
        Assert.Contains(Show(140, BoxSource.Detector), line => line.Contains("< 0.001", StringComparison.Ordinal));

    [Fact]
    public void A_network_that_failed_to_learn_costs_the_interval_not_the_verdict()
    {
        var interval = new Interval(-107_892.6, 107_892.5);
        var wild = Networks.Select(network => network.AgainstBaseline is { } comparison ? network with { AgainstBaseline = comparison with { Interval = interval } } : network);
        var lines = Show(60, BoxSource.Detector, [.. wild]);

        Assert.All(Networks.Skip(1), network => Assert.Contains(lines, line =>
            line.StartsWith(network.Variant, StringComparison.Ordinal) && line.TrimEnd().EndsWith(ResultText.Of(network.AgainstBaseline!.Verdict), StringComparison.Ordinal)));
    }

    [Fact]
    public void Boxes_from_the_true_landmarks_are_named_beside_the_verdict()
    {
        Assert.Contains(Show(120, BoxSource.Reference), line => line.StartsWith("All 3 faces have a box derived from their true landmarks, not a detector's, which flatters the result", StringComparison.Ordinal));
        Assert.DoesNotContain(Show(120, BoxSource.Detector), line => line.Contains("flatters", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, Verdict? Verdict)> Verdicts() =>
        new ComparisonPlan(new Recipe(), Enum.GetValues<NetworkKind>(), AuxiliarySet.Each, [1]).Runs()
            .Select((run, i) => (run.Variant, i == 0 ? (Verdict?)null : (Verdict)(i % 3)));

    private static VariantSummary Summary(string name, Verdict? verdict)
    {
        var error = new Estimate(0.0284, null);
        var against = verdict is { } said
            ? new PairedComparison(name, "single", Measure.MeanError, 3, 3, -0.0015, new Interval(-0.0027, -0.0003), 0.0001, 0.0002, said, 4, "")
            : null;
        return new VariantSummary(
            name, NetworkKind.Single, [], 3, error, error, [], [], null, null, new Dictionary<string, Estimate>(), 1000, 1, against, new Dictionary<string, Estimate>(), null);
    }

    private static string[] Show(int width, BoxSource source, IReadOnlyList<VariantSummary>? networks = null)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        var settings = CropSettings.Default;
        var face = new FaceCrop(
            "face.jpg",
            new FaceBox(0, 0, 1, source),
            FaceLandmarks.FromNumbers(new float[FaceLandmarks.Numbers]),
            FaceAttributes.Of());
        var faces = new FaceCropSet(settings, [face, face, face], new byte[3 * settings.PatchSize * settings.PatchSize]);
        StudyDisplay.Show(console, new Study("study", faces, [], [], []), new StudyResults(networks ?? Networks, [], "The verdict.", []));
        return console.Output.Split('\n');
    }
}
