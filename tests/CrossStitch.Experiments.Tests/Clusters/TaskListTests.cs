using CrossStitch.Experiments.Clusters;
using CsCheck;

namespace CrossStitch.Experiments.Tests.Clusters;

public sealed class TaskListTests
{
    [Fact]
    public void Every_run_is_in_one_task_and_no_array_is_larger_than_the_cluster_takes() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int[1, 1000], Gen.Double[0, 2000]).Sample((runs, most, seconds) =>
        {
            var tasks = TaskList.Pack([.. Enumerable.Range(0, runs).Select(i => ($"run{i}", seconds))], most);
            Assert.InRange(tasks.Count, 1, Math.Min(most, runs));
            Assert.Equal(Enumerable.Range(0, runs).Select(i => $"run{i}").Order(StringComparer.Ordinal), tasks.SelectMany(task => task).Order(StringComparer.Ordinal));
            Assert.True(tasks.Max(task => task.Count) - tasks.Min(task => task.Count) <= 1);
        });

    [Theory]
    [InlineData(40, 5, 40)]
    [InlineData(40, 5000, 40)]
    [InlineData(10_000, 3, 128)]
    [InlineData(10_000, 30, 1000)]
    [InlineData(10_000, 3000, 1001)]
    public void Few_runs_have_a_task_each_and_many_short_ones_share(int runs, double seconds, int tasks) =>
        Assert.Equal(tasks, TaskList.Pack([.. Enumerable.Range(0, runs).Select(i => ($"run{i}", seconds))], 1001).Count);

    [Fact]
    public void Runs_per_task_are_as_asked_or_an_error_that_says_how_many_will_do()
    {
        (string, double)[] runs = [.. Enumerable.Range(0, 101).Select(i => ($"run{i}", 1.0))];
        Assert.Equal([10, 10, 1], TaskList.Pack(runs, 1001, 10).Select(task => task.Count).Where((_, i) => i is 0 or 9 or 10));
        Assert.Contains("--runs-per-task 11", Assert.Throws<CrossStitchException>(() => TaskList.Pack(runs, 10, 10)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_reads_its_own_line()
    {
        var path = Path.GetTempFileName();
        try
        {
            TaskList.Save(path, [["a"], ["b c", "d@e"], ["f"]]);
            Assert.Equal("a\nb c\td@e\nf\n", File.ReadAllText(path));
            Assert.Equal(["b c", "d@e"], TaskList.Load(path, 1));
            Assert.Contains("has no task 3; it has 3", Assert.Throws<CrossStitchException>(() => TaskList.Load(path, 3)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
