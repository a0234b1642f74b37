using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using CrossStitch.Faces.Training.Measures;
using CrossStitch.Faces.Training.Paper;
using Spectre.Console.Testing;

namespace CrossStitch.Cli.Tests.Display;

public sealed class StudyDisplayTests
{
    private static readonly TestExamples Detected = MadeStudy.Faces(3, 0);

    private static readonly IReadOnlyList<Variant> Variants = PaperStudy.Plan(MadeStudy.Recipe, [1], [], CommandLineFixture.Catalog).Variants;

    private static readonly IReadOnlyList<VariantSummary> Networks = [.. Variants.Select((variant, i) => MadeStudy.Summary(variant, i == 0 ? null : (Verdict)(i % 3)))];

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(140)]
    public void At_any_width_a_network_and_its_verdict_stand_on_one_line(int width)
    {
        var lines = Show(width, Detected);

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.All(Networks, network =>
        {
            var line = Assert.Single(lines, line => line.StartsWith(network.Name + " ", StringComparison.Ordinal));
            Assert.Contains("2.84", line, StringComparison.Ordinal);
            Assert.EndsWith(VerdictOf(network) is { } verdict ? ResultText.Of(verdict) : "", line.TrimEnd(), StringComparison.Ordinal);
        });
        Assert.Equal(20, lines.Count(line => line.Contains("−0.27 to −0.03", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_wide_terminal_has_p_as_the_report_writes_it() =>
        Assert.Contains(Show(140, Detected), line => line.Contains("< 0.001", StringComparison.Ordinal));

    [Fact]
    public void A_network_that_failed_to_learn_costs_the_interval_not_the_verdict()
    {
        var interval = new Interval(-107_892.6, 107_892.5);
        var wild = Networks.Select(network => network with { AgainstBaseline = network.AgainstBaseline.ToDictionary(family => family.Key, family => family.Value with { Interval = interval }) });
        var lines = Show(60, Detected, [.. wild]);

        Assert.All(Networks.Skip(1), network => Assert.Contains(lines, line =>
            line.StartsWith(network.Name, StringComparison.Ordinal) && line.TrimEnd().EndsWith(ResultText.Of(VerdictOf(network)!.Value), StringComparison.Ordinal)));
    }

    [Fact]
    public void Boxes_from_the_true_landmarks_are_named_beside_the_verdict()
    {
        Assert.Contains(Show(120, MadeStudy.Faces(0, 3)), line => line.StartsWith("All 3 faces have a box derived from their true landmarks, not a detector's, which flatters the result", StringComparison.Ordinal));
        Assert.DoesNotContain(Show(120, Detected), line => line.Contains("flatters", StringComparison.Ordinal));
    }

    private static Verdict? VerdictOf(VariantSummary network) => network.AgainstBaseline.GetValueOrDefault(FaceMeasures.MeanError)?.Verdict;

    private static string[] Show(int width, TestExamples faces, IReadOnlyList<VariantSummary>? networks = null)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        StudyDisplay.Show(console, MadeStudy.Of(Variants, faces), new StudyResults(networks ?? Networks, [], "The verdict.", []));
        return console.Output.Split('\n');
    }
}
