using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Experiments.Studies;
using Spectre.Console.Testing;

namespace CrossStitch.Cli.Tests.Display;

public sealed class StudyTableTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public void A_comparison_fits_the_terminal(int width)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        Show(console, MadeStudy.Faces(4, 0));
        Assert.All(console.Lines, line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.DoesNotContain('…', console.Output);
        foreach (var whole in new[] { "related-cross-stitch-pose+glasses", "glasses", "−0.15" })
        {
            Assert.Contains(whole, console.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(4, 0, null)]
    [InlineData(3, 1, "1 of 4 faces has a box derived from their true landmarks, not a detector's.")]
    [InlineData(0, 4, "All 4 faces have a box derived from their true landmarks, not a detector's, which flatters the result")]
    public void Boxes_from_the_true_landmarks_are_named_beside_the_winner(int detected, int derived, string? remark)
    {
        using var console = new TestConsole();
        console.Profile.Width = 200;
        Show(console, MadeStudy.Faces(detected, derived));
        Assert.Contains("Lowest mean error: single, 2.84 % of the box width", console.Output, StringComparison.Ordinal);
        Assert.Contains(remark ?? "", console.Output, StringComparison.Ordinal);
        Assert.Equal(remark is not null, console.Output.Contains("true landmarks", StringComparison.Ordinal));
    }

    private static void Show(TestConsole console, TestExamples faces)
    {
        var catalog = CommandLineFixture.Catalog;
        Variant[] variants = [Variant.Of(MadeStudy.Recipe, catalog.Networks["single"], []), Variant.Of(MadeStudy.Recipe, catalog.Networks["related-cross-stitch"], ["pose", "glasses"])];
        var results = new StudyResults([MadeStudy.Summary(variants[0], null), MadeStudy.Summary(variants[1], Verdict.Better)], [], "", []);
        StudyTable.Show(console, MadeStudy.Of(variants, faces), results);
    }
}
