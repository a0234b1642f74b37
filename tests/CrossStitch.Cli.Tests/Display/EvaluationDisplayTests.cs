using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Data;
using CrossStitch.Faces.Training.Data;
using Spectre.Console.Testing;

namespace CrossStitch.Cli.Tests.Display;

public sealed class EvaluationDisplayTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public void No_line_is_longer_than_the_terminal_is_wide_and_no_word_or_number_is_broken(int width)
    {
        using var console = Show(width, MadeStudy.Faces(5, 995));
        Assert.All(console.Lines, line => Assert.InRange(line.TrimEnd().Length, 0, width));
        foreach (var whole in new[] { "corner", "failures", "glasses", "995", "100.0", "predicted", "-60°" })
        {
            Assert.Contains(whole, console.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain('…', console.Output);
        if (width >= 80)
        {
            Assert.Single(console.Lines, line => line.TrimStart().StartsWith("faces ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Faces_are_broken_down_by_pose_and_by_box_and_no_further()
    {
        using var console = Show(200, MadeStudy.Faces(40, 60));
        var lines = console.Lines.Select(line => line.Trim()).ToList();
        foreach (var start in new[] { "all  ", "pose -60° ", "pose 60° ", "box from a detector ", "box from the true landmarks " })
        {
            Assert.Single(lines, line => line.StartsWith(start, StringComparison.Ordinal) && line.Contains("5.12", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(lines, line => line.StartsWith("smile ", StringComparison.Ordinal) || line.StartsWith("gender ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4, 0, null)]
    [InlineData(3, 1, "1 of 4 faces has a box derived from their true landmarks, not a detector's.")]
    [InlineData(1, 3, "3 of 4 faces have a box derived from their true landmarks, not a detector's, which flatters the result")]
    [InlineData(0, 4, "All 4 faces have a box derived from their true landmarks, not a detector's, which flatters the result")]
    public void Boxes_from_the_true_landmarks_are_named_beside_the_figures(int detected, int derived, string? remark)
    {
        using var console = Show(200, MadeStudy.Faces(detected, derived));
        Assert.Equal(derived > 0, console.Lines.Any(line => line.Contains("box from the true landmarks", StringComparison.Ordinal)));
        Assert.Equal(detected > 0, console.Lines.Any(line => line.Contains("box from a detector", StringComparison.Ordinal)));
        Assert.Contains(remark ?? "", console.Output, StringComparison.Ordinal);
        Assert.Equal(remark is not null, console.Output.Contains("their true landmarks", StringComparison.Ordinal));
    }

    private static TestConsole Show(int width, TestExamples faces)
    {
        var console = new TestConsole();
        console.Profile.Width = width;
        new EvaluationDisplay(MadeStudy.Recipe.Data).Show(console, MadeStudy.Evaluation(faces), BoxRemark.Of(faces), "test");
        return console;
    }
}
