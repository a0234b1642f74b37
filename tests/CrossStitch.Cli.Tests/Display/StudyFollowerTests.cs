using CrossStitch.Cli.Display;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Studies;
using CrossStitch.Training;
using Spectre.Console.Testing;

namespace CrossStitch.Cli.Tests.Display;

public sealed class StudyFollowerTests : IDisposable
{
    private static readonly Variant Network = Variant.Of(MadeStudy.Recipe, CommandLineFixture.Catalog.Networks["related-cross-stitch"], ["pose", "gender", "glasses"]);

    private static readonly IReadOnlyList<PlannedRun> Runs =
        [.. Enumerable.Range(1, 63).Select(seed => new PlannedRun(Network, Network.Apply(MadeStudy.Recipe, seed, CommandLineFixture.Catalog)))];

    private readonly TestConsole _console = new();
    private readonly HandClock _clock = new();

    public void Dispose() => _console.Dispose();

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public void The_bar_of_all_and_those_of_running_networks_are_shown_whole_at_any_width(int width)
    {
        using var bars = Terminal(width, 24);
        var follower = new StudyFollower(bars, Runs);
        for (var run = 0; run < 40; run++)
        {
            Step(follower, run, 1);
            if (run >= 2)
            {
                follower.Report(new StudyProgress(Runs[run - 2], run - 2, null, Failure: $"{new string('x', 150)}\na stack trace"));
            }

            bars.Refresh();
        }

        var screen = new Screen(width, _console.Output);
        Assert.Equal(0, screen.Broken);
        var shown = screen.Lines.Where(line => line.Contains('─', StringComparison.Ordinal)).ToList();
        Assert.Equal(3, shown.Count);
        Assert.Equal(shown, screen.Lines.TakeLast(3));
        Assert.StartsWith("38 of 63 networks done ", shown[0], StringComparison.Ordinal);
        Assert.Contains(" 60 % ", shown[0], StringComparison.Ordinal);
        Assert.Contains("seed39 ", shown[1], StringComparison.Ordinal);
        Assert.Contains("seed40 ", shown[2], StringComparison.Ordinal);
        Assert.Equal(38, screen.Lines.Count(line => line.Contains("related-cross-stitch-pose+gender+glasses-seed", StringComparison.Ordinal) && line.Contains('/', StringComparison.Ordinal)));
        Assert.DoesNotContain(screen.Lines, line => line.Contains("stack trace", StringComparison.Ordinal));
    }

    [Fact]
    public void More_networks_at_once_than_lines_leave_the_bar_of_all_where_it_is()
    {
        using var bars = Terminal(80, 24);
        var follower = new StudyFollower(bars, Runs);
        for (var run = 0; run < 63; run++)
        {
            Step(follower, run, 1);
        }

        bars.Refresh();
        var lines = new Screen(80, _console.Output).Lines;
        Assert.InRange(lines.Count, 10, 23);
        Assert.StartsWith("0 of 63 networks done", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("and ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_goes_on_starts_where_it_was_and_only_what_is_done_now_tells_the_time_left()
    {
        using var bars = Terminal(80, 24);
        var follower = new StudyFollower(bars, [.. Runs.Take(2)]);
        follower.Report(new StudyProgress(Runs[0], 0, null));
        Step(follower, 0, 81);
        _clock.Move(9);
        Step(follower, 0, 90);
        bars.Refresh();
        var lines = new Screen(80, _console.Output).Lines;

        // Ten steps in nine seconds: 110 more take 99.
        Assert.Matches(@"^0 of 2 networks done .* 45 % +1:39 left$", lines[0]);
        Assert.Matches(@"^related-.* 90 % +0:09 left$", lines[1]);
    }

    [Fact]
    public void A_bar_that_gets_a_longer_name_gets_room_for_it()
    {
        using var bars = Terminal(80, 24);
        var bar = bars.Add("training");
        bars.Refresh();
        bar.Report(3, 10, name: "epoch 3 of 10");
        bars.Refresh();
        Assert.StartsWith("epoch 3 of 10 ━", new Screen(80, _console.Output).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_of_the_bars_in_the_end()
    {
        using (var bars = Terminal(80, 24))
        {
            var follower = new StudyFollower(bars, Runs);
            Step(follower, 0, 5);
            bars.Refresh();
            follower.Report(new StudyProgress(Runs[0], 0, null, Failure: "no luck"));
            bars.Refresh();
        }

        Assert.Equal(["1/63 related-cross-stitch-pose+gender+glasses-seed1: failed: no luck", ""], new Screen(80, _console.Output).Lines);
        Assert.EndsWith("\e[?25h", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_gets_one_unbroken_line_for_each_run_that_has_ended_and_nothing_else()
    {
        using (var bars = new Bars(_console, _clock))
        {
            var follower = new StudyFollower(bars, Runs);
            Step(follower, 0, 5);
            follower.Report(new StudyProgress(Runs[0], 0, null, Failure: $"{new string('x', 300)}\e[2J"));
            follower.Report(new StudyProgress(Runs[1], 1, null, new RunResult(RunResult.CurrentVersion, 2, 1, 3, 3, 5, null, null, [], [])));
        }

        Assert.Equal(
            [$"1/63 related-cross-stitch-pose+gender+glasses-seed1: failed: {new string('x', 300)}\\u001B[2J", "2/63 related-cross-stitch-pose+gender+glasses-seed2: finished earlier"],
            _console.Lines);
    }

    [Fact]
    public void A_run_that_another_process_is_at_is_said_once_and_counted_when_it_has_ended()
    {
        using (var bars = new Bars(_console, _clock))
        {
            var follower = new StudyFollower(bars, [.. Runs.Take(2)]);
            follower.Report(new StudyProgress(Runs[0], 0, null, IsElsewhere: true));
            follower.Report(new StudyProgress(Runs[0], 0, null, IsElsewhere: true));
            follower.Report(new StudyProgress(Runs[0], 0, null));
            follower.Report(new StudyProgress(Runs[0], 0, null, new RunResult(RunResult.CurrentVersion, 1, 1, 3, 3, 5, null, null, [], [])));
        }

        var name = Runs[0].FolderName;
        Assert.Equal([$"{name}: another process is at it.", $"1/2 {name}: finished earlier"], _console.Lines);
    }

    private static void Step(StudyFollower follower, int run, long step) =>
        follower.Report(new StudyProgress(Runs[run], run, new StepReport(1, 10, step, 100, 0.5)));

    private Bars Terminal(int width, int height)
    {
        (_console.Profile.Width, _console.Profile.Height) = (width, height);
        _console.Profile.Capabilities.Interactive = true;
        _console.EmitAnsiSequences = true;
        return new Bars(_console, _clock);
    }
}
