using System.Globalization;
using CrossStitch.Experiments.Data;
using CrossStitch.Experiments.Runs;
using CrossStitch.Experiments.Scores;
using CrossStitch.Experiments.Statistics;
using CrossStitch.Training;
using Spectre.Console;

namespace CrossStitch.Cli.Display;

/// <summary>A run under way: a bar with the time left, and a line an epoch.</summary>
internal static class TrainingDisplay
{
    private const string Nothing = "0.0000";

    /// <summary>
    /// Follows a run. Epochs are results where somebody keeps them, in a file or a pipe; on a terminal they stand above the
    /// bar.
    /// </summary>
    public static RunResult Follow(Terminal terminal, DataRecipe data, Func<Action<EpochReport>, IProgress<StepReport>, RunResult> work)
    {
        using var bars = new Bars(terminal.Progress);
        var follower = new Follower(bars.Add("training"));
        return work(Write, follower);

        void Write(EpochReport epoch)
        {
            if (terminal.Results.Profile.Capabilities.Interactive)
            {
                bars.Write(Line(epoch, data, follower.Epochs, terminal.Results.Profile.Width), new Style(Color.Grey));
            }
            else
            {
                terminal.Results.Profile.Out.Writer.WriteLine(Line(epoch, data, follower.Epochs));
            }
        }
    }

    /// <summary>An epoch: what a person watches first, then what is minimised; the joint loss alone where the line is too long.</summary>
    internal static string Line(EpochReport epoch, DataRecipe data, int epochs, int width = int.MaxValue)
    {
        var domain = data.Domain();
        static string Losses(IReadOnlyDictionary<string, double> losses) =>
            string.Join(", ", losses.Select(loss => Invariant($"{loss.Key} {loss.Value:0.0000}")));
        var number = epoch.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(epochs.ToString(CultureInfo.InvariantCulture).Length);
        var parts = new List<string>();
        if (Scores(epoch, domain.Measures(data.Tasks())) is { Length: > 0 } scores)
        {
            parts.Add(scores);
        }

        var scored = parts.ToArray();

        var penalty = Invariant($"{epoch.Penalty:0.0000}");
        parts.Add($"loss: {Losses(epoch.TaskLosses)}{(penalty == Nothing ? "" : $", penalty {penalty}")}");
        if (epoch.ValidationLosses is { } losses)
        {
            parts.Add($"validation loss: {Losses(losses)}");
        }

        var speed = Invariant($"{epoch.ExamplesPerSecond:0} {domain.Example}s/s");
        var line = $"epoch {number} of {epochs}: {string.Join(" | ", parts.Append(speed))}";
        return line.Length < width ? line : $"epoch {number} of {epochs}: {string.Join(" | ", [.. scored, Invariant($"loss {epoch.Loss:0.0000}"), speed])}";
    }

    private static string Scores(EpochReport epoch, IReadOnlyList<Measure> measures) => string.Join(", ", measures
        .Where(measure => epoch.Scores is { } scores && scores.ContainsKey(measure.Name))
        .Select(measure => $"{measure.Title} {ResultText.Amount(epoch.Scores![measure.Name], measure)}{(measure.Factor == 100 ? " %" : "")}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Follower(Bar bar) : IProgress<StepReport>
    {
        private long? _before;

        /// <summary>How many epochs there will be; known from the first step on.</summary>
        public int Epochs { get; private set; }

        public void Report(StepReport value)
        {
            Epochs = value.Epochs;

            // A run that goes on has done something before its first step here.
            _before ??= value.Step - 1;
            bar.Report(value.Step, value.Steps, _before.Value, $"epoch {value.Epoch} of {value.Epochs}");
        }
    }
}
