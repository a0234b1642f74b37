using System.Globalization;
using CrossStitch.Experiments.Runs;
using CrossStitch.Training;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>A run under way: a bar with the time left, and a line an epoch.</summary>
internal static class TrainingDisplay
{
    public static RunResult Follow(IAnsiConsole console, Func<Action<EpochReport>, IProgress<StepReport>, RunResult> work) =>
        Bars.Create(console).Start(context =>
        {
            var bar = context.AddTask("training");
            return work(epoch => console.MarkupLineInterpolated($"[grey]{Line(epoch)}[/]"), new Follower(bar));
        });

    private static string Line(EpochReport epoch)
    {
        static string Losses(IReadOnlyDictionary<string, double> losses) =>
            string.Join(", ", losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value:0.0000}")));
        var validation = epoch.ValidationLosses is { } losses ? $" | validation: {Losses(losses)}" : "";
        var penalty = epoch.Relation.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", penalty {epoch.Penalty:0.0000}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch,3}: {Losses(epoch.TaskLosses)}{penalty}{validation} | {epoch.ExamplesPerSecond:0} faces/s");
    }

    private sealed class Follower(ProgressTask bar) : IProgress<StepReport>
    {
        public void Report(StepReport value)
        {
            bar.MaxValue = value.Steps;
            bar.Value = value.Step;
            bar.Description = $"epoch {value.Epoch} of {value.Epochs}";
        }
    }
}
