using System.Globalization;
using System.Text.RegularExpressions;

namespace CrossStitch.Packages.Tests;

public sealed partial class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossstitch-samples-").FullName;

    [Fact]
    public void Two_tasks_on_own_arrays_are_learned_and_the_model_runs_alone()
    {
        var model = Path.Combine(_folder, "points.xstitch");
        var (code, output) = DotNet.Program("TwoTasks", "8", model);
        Assert.True(code == 0, output);
        var losses = Losses().Matches(output).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(8, losses.Count);
        Assert.True(losses[^1] < losses[0] / 10, output);

        // 0.3, -0.4 is half a unit from the middle, at the right bottom.
        (code, output) = DotNet.Program("ModelAlone", model, "0.3", "-0.4");
        Assert.True(code == 0, output);
        Assert.Contains("quarter: right bottom", output, StringComparison.Ordinal);
        Assert.InRange(double.Parse(Distance().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), 0.4, 0.6);
    }

    [Fact]
    public void A_task_of_ones_own_is_checked_and_does_better_than_the_squared_error_on_wrong_labels()
    {
        var (code, output) = DotNet.Program("OwnTask", "10");
        Assert.True(code == 0, output);
        Assert.InRange(Number("gradient: off by at most"), 0, 1e-3);
        Assert.True(Number("huber: mean error") < Number("squared: mean error") / 2, output);

        double Number(string before) =>
            double.Parse(Regex.Match(output, $"{before} (\\S+)").Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_way_to_share_of_ones_own_is_compared_with_the_five_on_own_data()
    {
        var study = Path.Combine(_folder, "rings");
        var (code, output) = DotNet.Program("OwnSharing", "1", study);
        Assert.True(code == 0, output);
        foreach (var network in new[] { "single", "split", "cross-stitch", "related", "related-cross-stitch", "gated" })
        {
            Assert.Contains($"| {network}", output, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(study, "report.html")), output);
    }

    [Fact]
    public void The_sample_that_runs_a_model_says_what_it_lacks()
    {
        var (code, output) = DotNet.Program("ModelAlone");
        Assert.Equal(1, code);
        Assert.StartsWith("error: name a model file", output, StringComparison.Ordinal);

        (code, output) = DotNet.Program("ModelAlone", Path.Combine(_folder, "nothing.xstitch"));
        Assert.Equal(1, code);
        Assert.StartsWith("error: ", output, StringComparison.Ordinal);
        Assert.Contains("nothing.xstitch", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex(@"^epoch \d+: loss (\S+),", RegexOptions.Multiline)]
    private static partial Regex Losses();

    [GeneratedRegex(@"^distance: (\S+)", RegexOptions.Multiline)]
    private static partial Regex Distance();
}
