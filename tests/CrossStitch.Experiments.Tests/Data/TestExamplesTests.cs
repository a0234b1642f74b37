using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Tests.Made;

namespace CrossStitch.Experiments.Tests.Data;

public sealed class TestExamplesTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Names_with_quotes_and_groups_survive_their_file()
    {
        var examples = ExampleLabels.Of(new MadeExamples(0, 9), MadeData.AllTasks, MadeData.Tower).Examples;
        Assert.Equal("made \"4\", a number", examples.Names[4]);
        examples.Save(_path);
        Assert.Equivalent(examples, TestExamples.Load(_path, MadeData.AllTasks), strict: true);
        Assert.Equal(["low", "middle", "high"], examples.By("kind")!.Groups);
        Assert.Null(examples.By("mood"));
    }

    [Fact]
    public void An_example_without_a_class_is_in_no_group_and_other_groups_are_in_order_of_appearance()
    {
        File.WriteAllText(_path, "name,kind,place\na,high,north\nb,,south\nc,low,north\n");
        var examples = TestExamples.Load(_path, MadeData.AllTasks);
        Assert.Equal([2, -1, 0], examples.By("kind")!.GroupOf);
        Assert.Equal(["north", "south"], examples.By("place")!.Groups);
        Assert.Equal([0, 2], examples.By("place")!.Members(0));
    }

    [Fact]
    public void Another_table_is_refused()
    {
        File.WriteAllText(_path, "kind,name\nlow,a\n");
        Assert.Contains("the first column is not 'name'", Assert.Throws<CrossStitchException>(() => TestExamples.Load(_path, MadeData.AllTasks)).Message, StringComparison.Ordinal);
    }
}
