using CrossStitch.Experiments.Studies;

namespace CrossStitch.Experiments.Tests.Studies;

public sealed class AuxiliarySetTests
{
    private static readonly string[] Tasks = ["pose", "gender", "glasses", "smile"];

    [Theory]
    [InlineData("all", "all")]
    [InlineData("each", "pose gender glasses smile all")]
    [InlineData("smile, pose", "pose+smile")]
    [InlineData("Glasses", "glasses")]
    [InlineData("pose+gender+glasses+smile", "all")]
    public void Sets_are_read_as_users_write_them(string text, string names) =>
        Assert.Equal(names, string.Join(' ', AuxiliarySet.Parse(text, Tasks).Select(set => AuxiliarySet.Name(set, Tasks))));

    [Theory]
    [InlineData("")]
    [InlineData("beard")]
    [InlineData("pose,beard")]
    public void Unknown_tasks_are_refused(string text) =>
        Assert.Contains("pose, gender, glasses, smile", Assert.Throws<CrossStitchException>(() => AuxiliarySet.Parse(text, Tasks)).Message, StringComparison.Ordinal);

    [Fact]
    public void One_task_alone_is_all_there_is()
    {
        Assert.Equal(["all"], AuxiliarySet.Each(["pose"]).Select(set => AuxiliarySet.Name(set, ["pose"])));
        Assert.Equal("", AuxiliarySet.Name([], Tasks));
    }

    [Theory]
    [InlineData("all,pose", "'all' stands for sets")]
    [InlineData("smiel", "smile")]
    public void What_was_meant_is_said(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<CrossStitchException>(() => AuxiliarySet.Parse(text, Tasks)).Message, StringComparison.Ordinal);
}
