using CrossStitch.Cli.Display;
using CrossStitch.Training;
using Spectre.Console;

namespace CrossStitch.Cli.Tests.Display;

public sealed class TrainingDisplayTests
{
    private static readonly EpochReport Bare = new(7, 0.01, 1.5, new Dictionary<string, double> { ["landmarks"] = 0.0123, ["pose"] = 1.25 }, 0, null, [], [], 2, 812.4);

    [Fact]
    public void An_epoch_without_validation_or_relation_has_no_column_for_them() =>
        Assert.Equal("epoch  7 of 30: loss: landmarks 0.0123, pose 1.2500 | 812 faces/s", TrainingDisplay.Line(Bare, MadeStudy.Recipe.Data, 30));

    [Fact]
    public void An_epoch_says_errors_and_accuracies_before_the_losses()
    {
        var epoch = Bare with
        {
            Penalty = 0.25,
            ValidationLosses = Bare.TaskLosses,
            Scores = new Dictionary<string, double> { ["mean_error"] = 0.0321, ["pose_accuracy"] = 0.706, ["smile_accuracy"] = 0.8 },
        };
        Assert.Equal(
            "epoch 7 of 9: mean error 3.21 %, accuracy pose 70.6 %, smile 80.0 % | loss: landmarks 0.0123, pose 1.2500, penalty 0.2500 | validation loss: landmarks 0.0123, pose 1.2500 | 812 faces/s",
            TrainingDisplay.Line(epoch, MadeStudy.Recipe.Data, 9));
    }

    [Theory]
    [InlineData(140, "epoch 7 of 9: mean error 3.21 %, accuracy pose 70.6 %, smile 80.0 % | loss: landmarks 0.0123, pose 1.2500 | 812 faces/s")]
    [InlineData(100, "epoch 7 of 9: mean error 3.21 %, accuracy pose 70.6 %, smile 80.0 % | loss 1.5000 | 812 faces/s")]
    [InlineData(60, "epoch 7 of 9: mean error 3.21 % | loss 1.5000 | 812 faces/s")]
    [InlineData(58, "epoch 7 of 9: mean error 3.21 % | loss 1.5000")]
    [InlineData(40, "epoch 7 of 9: mean error 3.21 %")]
    [InlineData(20, "epoch 7 of 9: mean…")]
    public void A_narrow_terminal_has_the_joint_loss_and_at_last_the_main_score_alone(int width, string line)
    {
        var epoch = Bare with { Scores = new Dictionary<string, double> { ["mean_error"] = 0.0321, ["pose_accuracy"] = 0.706, ["smile_accuracy"] = 0.8 } };
        Assert.Equal(line, TrainingDisplay.Line(epoch, MadeStudy.Recipe.Data, 9, width));
        Assert.InRange(line.Length, 1, width - 1);
    }

    [Fact]
    public void A_run_that_goes_on_with_the_end_of_an_epoch_knows_how_many_there_will_be()
    {
        using var results = new StringWriter();
        var terminal = new Terminal(Console(results), Console(TextWriter.Null));
        var recipe = MadeStudy.Recipe with { Training = MadeStudy.Recipe.Training with { Epochs = 30 } };

        TrainingDisplay.Follow(terminal, recipe, (onEpoch, _) =>
        {
            onEpoch(Bare);
            return null!;
        });

        Assert.StartsWith("epoch  7 of 30: ", results.ToString());

        static IAnsiConsole Console(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = InteractionSupport.No, Ansi = AnsiSupport.No });
    }
}
