using CrossStitch.Cli.Display;
using CrossStitch.Training;

namespace CrossStitch.Cli.Tests.Display;

public sealed class TrainingDisplayTests
{
    private static readonly EpochReport Bare = new(7, 0.01, 1.5, new Dictionary<string, double> { ["landmarks"] = 0.0123, ["pose"] = 1.25 }, 0, null, [], [], 2, 812.4);

    [Fact]
    public void An_epoch_without_validation_or_relation_has_no_column_for_them() =>
        Assert.Equal("epoch  7 of 30: loss: landmarks 0.0123, pose 1.2500 | 812 faces/s", TrainingDisplay.Line(Bare, 30));

    [Fact]
    public void An_epoch_says_errors_and_accuracies_before_the_losses()
    {
        var epoch = Bare with
        {
            Penalty = 0.25,
            ValidationLosses = Bare.TaskLosses,
            Scores = new Dictionary<string, double> { ["landmark-error"] = 0.0321, ["pose-accuracy"] = 0.706, ["smile-accuracy"] = 0.8 },
        };
        Assert.Equal(
            "epoch 7 of 9: landmark error 3.21 %, accuracy pose 70.6 %, smile 80.0 % | loss: landmarks 0.0123, pose 1.2500, penalty 0.2500 | validation loss: landmarks 0.0123, pose 1.2500 | 812 faces/s",
            TrainingDisplay.Line(epoch, 9));
    }
}
