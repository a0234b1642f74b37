using CrossStitch.Experiments.Comparison;

namespace CrossStitch.Experiments.Tests.Comparison;

public sealed class AuxiliarySetTests
{
    [Theory]
    [InlineData("all", "all")]
    [InlineData("each", "pose gender glasses smile all")]
    [InlineData("smile, pose", "pose+smile")]
    [InlineData("Glasses", "glasses")]
    [InlineData("pose+gender+glasses+smile", "all")]
    public void Sets_are_read_as_users_write_them(string text, string names) =>
        Assert.Equal(names, string.Join(' ', AuxiliarySet.Parse(text).Select(set => set.Name)));

    [Theory]
    [InlineData("")]
    [InlineData("beard")]
    [InlineData("pose,beard")]
    public void Unknown_tasks_are_refused(string text) =>
        Assert.Contains("pose, gender, glasses, smile", Assert.Throws<CrossStitchException>(() => AuxiliarySet.Parse(text)).Message, StringComparison.Ordinal);
}
